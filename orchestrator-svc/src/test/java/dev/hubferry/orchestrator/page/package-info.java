@NullMarked
package dev.hubferry.orchestrator.page;

import org.jspecify.annotations.NullMarked;
