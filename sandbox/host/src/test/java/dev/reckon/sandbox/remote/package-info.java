@NullMarked
package dev.reckon.sandbox.remote;

import org.jspecify.annotations.NullMarked;
