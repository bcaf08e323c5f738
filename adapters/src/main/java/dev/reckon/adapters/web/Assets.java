package dev.reckon.adapters.web;

import dev.reckon.core.store.ContentHash;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Style sheet, scripts and icon, from the program's own resources. No other file can be named. */
final class Assets {
  private static final Map<String, String> TYPES =
      Map.of(
          "app.css", "text/css; charset=utf-8",
          "app.js", "text/javascript; charset=utf-8",
          "chat.js", "text/javascript; charset=utf-8",
          "composer.js", "text/javascript; charset=utf-8",
          "table.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml; charset=utf-8");

  private final Map<String, Asset> assets = new HashMap<>();

  private record Asset(String type, String tag, String text) {}

  Assets() {
    TYPES.forEach(
        (name, type) -> {
          byte[] content = read(name);
          String text = new String(content, StandardCharsets.UTF_8);
          assets.put(name, new Asset(type, '"' + ContentHash.of(content) + '"', text));
        });
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("assets/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " was not packaged");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers with the asset of the address. */
  void serve(Context context) {
    Asset asset = assets.get(context.pathParam("name"));
    if (asset == null) {
      context.status(404).contentType("text/plain").result("not found");
      return;
    }
    // Asked for again each time, and answered with nothing while it is the same.
    context.header("Cache-Control", "no-cache").header("ETag", asset.tag());
    if (asset.tag().equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.contentType(asset.type()).result(asset.text());
    }
  }
}
