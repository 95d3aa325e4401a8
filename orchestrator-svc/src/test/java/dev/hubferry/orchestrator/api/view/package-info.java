@NullMarked
package dev.hubferry.orchestrator.api.view;

import org.jspecify.annotations.NullMarked;
