/**
 * The few Linux system calls that the sandbox needs, through the Foreign Function API. Everything
 * else about the walls of the operating system is decided by those who call.
 */
@NullMarked
package dev.reckon.sandbox.kernel;

import org.jspecify.annotations.NullMarked;
