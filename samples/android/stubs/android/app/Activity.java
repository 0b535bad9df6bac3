package android.app;

import android.content.Intent;
import android.os.Bundle;
import android.view.ContextThemeWrapper;
import android.view.View;

/** Signatures up to API 23, compile only. */
public class Activity extends ContextThemeWrapper {
    protected void onCreate(Bundle state) { throw new RuntimeException("Stub!"); }
    protected void onStart() { throw new RuntimeException("Stub!"); }
    protected void onResume() { throw new RuntimeException("Stub!"); }
    protected void onPause() { throw new RuntimeException("Stub!"); }
    protected void onStop() { throw new RuntimeException("Stub!"); }
    protected void onDestroy() { throw new RuntimeException("Stub!"); }
    protected void onNewIntent(Intent intent) { throw new RuntimeException("Stub!"); }
    protected void onActivityResult(int request, int result, Intent data) { throw new RuntimeException("Stub!"); }
    public void onBackPressed() { throw new RuntimeException("Stub!"); }
    public void onWindowFocusChanged(boolean focus) { throw new RuntimeException("Stub!"); }
    public Intent getIntent() { throw new RuntimeException("Stub!"); }
    public View findViewById(int id) { throw new RuntimeException("Stub!"); }
    public void setContentView(int layout) { throw new RuntimeException("Stub!"); }
    public void setContentView(View view) { throw new RuntimeException("Stub!"); }
    public void setTitle(CharSequence title) { throw new RuntimeException("Stub!"); }
    public void setTitle(int title) { throw new RuntimeException("Stub!"); }
    public void startActivityForResult(Intent intent, int request) { throw new RuntimeException("Stub!"); }
    public void setResult(int result, Intent data) { throw new RuntimeException("Stub!"); }
    public void finish() { throw new RuntimeException("Stub!"); }
    public boolean isFinishing() { throw new RuntimeException("Stub!"); }
    public final void runOnUiThread(Runnable action) { throw new RuntimeException("Stub!"); }
    public final void requestPermissions(String[] permissions, int request) { throw new RuntimeException("Stub!"); }
    public void onRequestPermissionsResult(int request, String[] permissions, int[] results) { throw new RuntimeException("Stub!"); }
    public int checkSelfPermission(String permission) { throw new RuntimeException("Stub!"); }
}
