package cn.example.reach.components;

import android.accessibilityservice.AccessibilityService;
import android.view.accessibility.AccessibilityEvent;
import cn.example.reach.Reads;

/** Runs only after the user has enabled it in the system's settings. */
public final class ScreenReader extends AccessibilityService {
    @Override
    protected void onServiceConnected() {
        Reads.accessibilityConnected(this);
    }

    @Override
    public void onAccessibilityEvent(AccessibilityEvent event) {}

    @Override
    public void onInterrupt() {}
}
