/** What every engine behind the sandbox's port must do, and the engines that are asked. */
@NullMarked
package dev.reckon.sandbox.contract;

import org.jspecify.annotations.NullMarked;
