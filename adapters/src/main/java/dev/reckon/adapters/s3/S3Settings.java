package dev.reckon.adapters.s3;

import dev.reckon.adapters.config.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which object store, and as whom.
 *
 * @param bucket its name
 * @param prefix what every key begins with; empty or ending in a slash
 * @param endpoint the server's address; empty for Amazon's of the region
 * @param region as the server calls it; empty where the SDK finds it out, or for servers without
 * @param pathStyle whether the bucket is in the path instead of the host's name
 * @param accessKey with {@code secretKey}; neither is set where the SDK finds credentials itself:
 *     in {@code AWS_ACCESS_KEY_ID}, a service account's token, or those of the machine
 * @param secretKey of the access key
 */
public record S3Settings(
    String bucket,
    String prefix,
    Optional<URI> endpoint,
    String region,
    boolean pathStyle,
    Secret accessKey,
    Secret secretKey) {
  /** Bucket names as Amazon defines them; others are narrower. */
  private static final Pattern ADDRESS =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([A-Za-z0-9._/-]{0,200}))?");

  /** A bucket and the beginning of the keys in it. */
  public record Place(String bucket, String prefix) {}

  /** Reads an address such as {@code s3://bucket/prefix}; empty where it is none. */
  public static Optional<Place> place(String address) {
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String path = parts.group(2) == null ? "" : parts.group(2).replaceAll("^/+|/+$", "");
    return Optional.of(new Place(parts.group(1), path.isEmpty() ? "" : path + "/"));
  }

  /** The address, for messages. */
  public String address() {
    return "s3://" + bucket + "/" + prefix + endpoint.map(uri -> " at " + uri).orElse("");
  }
}
