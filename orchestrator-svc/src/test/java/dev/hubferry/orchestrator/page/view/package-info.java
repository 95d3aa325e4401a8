@NullMarked
package dev.hubferry.orchestrator.page.view;

import org.jspecify.annotations.NullMarked;
