package dev.reckon.core.store.jdbi;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.io.Serial;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lets Jackson tell the records of a sealed interface apart, without annotations on them. */
final class SealedTypes extends JacksonAnnotationIntrospector {
  @Serial private static final long serialVersionUID = 1;

  @Override
  public @Nullable TypeResolverBuilder<?> findTypeResolver(
      MapperConfig<?> config, AnnotatedClass annotated, JavaType type) {
    if (!annotated.getRawType().isSealed()) {
      return super.findTypeResolver(config, annotated, type);
    }
    return new StdTypeResolverBuilder()
        .init(JsonTypeInfo.Id.NAME, null)
        .inclusion(JsonTypeInfo.As.PROPERTY)
        .typeProperty("is");
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
    Class<?> raw = annotated.getRawType();
    if (!raw.isSealed()) {
      return super.findSubtypes(annotated);
    }
    return Stream.of(raw.getPermittedSubclasses())
        .map(subtype -> new NamedType(subtype, subtype.getSimpleName()))
        .toList();
  }
}
