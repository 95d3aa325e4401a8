/** The page: what people see of Hubferry in a browser. */
@NullMarked
package dev.hubferry.orchestrator.page;

import org.jspecify.annotations.NullMarked;
