/** Specs as forms: fields, what was typed into them, and what is wrong with it. */
@NullMarked
package dev.hubferry.orchestrator.page.form;

import org.jspecify.annotations.NullMarked;
