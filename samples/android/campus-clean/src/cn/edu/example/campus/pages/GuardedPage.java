package cn.edu.example.campus.pages;

import android.app.AlertDialog;
import android.content.pm.PackageManager;
import cn.edu.example.campus.Consent;
import cn.edu.example.xyt.screens.Page;

/** A function that needs consent and one permission, asked for with its purpose when it is used. */
abstract class GuardedPage extends Page {
    private static final int REQUEST = 7;

    /** Permission the function needs. */
    protected abstract String permission();

    /** Why it is needed, shown before the system asks. */
    protected abstract String purpose();

    /** Does the work after consent and permission are there. */
    protected abstract void use();

    protected final void start() {
        if (!Consent.isGiven(this)) {
            text("同意隐私政策后才能使用此功能，可在“设置”中同意。");
        } else if (checkSelfPermission(permission()) == PackageManager.PERMISSION_GRANTED) {
            use();
        } else {
            explain();
        }
    }

    private void explain() {
        new AlertDialog.Builder(this)
            .setTitle("权限说明")
            .setMessage(purpose())
            .setPositiveButton("继续", (dialog, which) ->
                requestPermissions(new String[] {permission()}, REQUEST))
            .setNegativeButton("暂不", null)
            .show();
    }

    @Override
    public void onRequestPermissionsResult(int request, String[] permissions, int[] results) {
        if (results.length > 0 && results[0] == PackageManager.PERMISSION_GRANTED) {
            use();
        } else {
            text("未获得权限，其他功能不受影响。");
        }
    }
}
