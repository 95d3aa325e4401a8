@NullMarked
package dev.hubferry.orchestrator.script;

import org.jspecify.annotations.NullMarked;
