package dev.reckon.core.store.jdbi;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names under which the records of sealed interfaces are stored. They are part of the stored
 * format: a class can be renamed, its name here stays. A record's components and an enum's
 * constants are stored under their own names; one that is renamed keeps its stored name by {@code
 * JsonProperty}.
 */
final class StoredTypes extends JacksonAnnotationIntrospector {
  @Serial private static final long serialVersionUID = 1;

  /**
   * A stored record.
   *
   * @param name under which it is written and read
   * @param former under which format 0 wrote it; read, no longer written
   */
  private record Stored(Class<?> type, String name, String former) {}

  private static final List<Stored> STORED =
      List.of(
          new Stored(Content.Text.class, "text", "Words"),
          new Stored(Content.Pressed.class, "pressed", "Pressed"),
          new Stored(Content.Edited.class, "edited", "Edited"),
          new Stored(Content.Moved.class, "moved", "Moved"),
          new Stored(Content.Scheduled.class, "scheduled", "Scheduled"),
          new Stored(Attachment.Inline.class, "inline", "Inline"),
          new Stored(Attachment.Remote.class, "remote", "Remote"),
          new Stored(Block.Finding.class, "finding", "Finding"),
          new Stored(Block.Text.class, "text", "Text"),
          new Stored(Block.Output.class, "output", "Output"),
          new Stored(Block.Table.class, "table", "Table"),
          new Stored(Block.TableChart.class, "table_chart", "TableChart"),
          new Stored(Block.Code.class, "code", "Code"),
          new Stored(Block.Query.class, "query", "Query"),
          new Stored(Block.File.class, "file", "File"),
          new Stored(Block.Chart.class, "chart", "Chart"),
          new Stored(Block.Footer.class, "footer", "Footer"),
          new Stored(Block.Page.class, "page", "Page"));

  @Override
  public @Nullable TypeResolverBuilder<?> findTypeResolver(
      MapperConfig<?> config, AnnotatedClass annotated, JavaType type) {
    if (!annotated.getRawType().isSealed()) {
      return super.findTypeResolver(config, annotated, type);
    }
    return new StdTypeResolverBuilder()
        .init(JsonTypeInfo.Id.CUSTOM, new Names(type))
        .inclusion(JsonTypeInfo.As.PROPERTY)
        .typeProperty("is");
  }

  /** The records of one sealed interface by their stored names. */
  private static final class Names extends TypeIdResolverBase {
    Names(JavaType base) {
      super(base, null);
    }

    @Override
    public JsonTypeInfo.Id getMechanism() {
      return JsonTypeInfo.Id.CUSTOM;
    }

    @Override
    public String idFromValue(Object value) {
      return idFromValueAndType(value, value.getClass());
    }

    @Override
    public String idFromValueAndType(@Nullable Object value, Class<?> type) {
      return STORED.stream()
          .filter(stored -> stored.type() == type)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no stored name for " + type))
          .name();
    }

    @Override
    public JavaType typeFromId(DatabindContext context, String id) throws IOException {
      for (Stored stored : STORED) {
        if (_baseType.getRawClass().isAssignableFrom(stored.type())
            && (stored.name().equals(id) || stored.former().equals(id))) {
          return context.constructSpecializedType(_baseType, stored.type());
        }
      }
      throw new IOException("no stored type is called " + id);
    }
  }
}
