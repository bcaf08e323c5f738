/**
 * The configuration file and its overrides, read key by key into small typed records that live
 * beside what they configure. A key that nothing reads is a mistake and stops the start.
 */
@NullMarked
package dev.reckon.adapters.config;

import org.jspecify.annotations.NullMarked;
