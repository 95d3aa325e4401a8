/** What the page of a migration shows, made from what REST shows; no HTML and no HTTP in it. */
@NullMarked
package dev.hubferry.orchestrator.page.view;

import org.jspecify.annotations.NullMarked;
