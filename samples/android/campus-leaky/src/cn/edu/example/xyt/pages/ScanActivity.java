package cn.edu.example.xyt.pages;

import android.hardware.Camera;
import cn.edu.example.xyt.screens.Page;

/** 扫一扫: opens the camera after the button is pressed. */
public final class ScanActivity extends Page {
    @Override
    protected void fill() {
        heading("扫一扫");
        button("打开相机", view -> openCamera());
    }

    private void openCamera() {
        try {
            Camera camera = Camera.open();
            if (camera != null) {
                camera.release();
            }
            text("请将二维码放入框内");
        } catch (RuntimeException unavailable) {
            text("无法打开相机");
        }
    }
}
