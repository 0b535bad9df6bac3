package cn.edu.example.campus.pages;

import android.Manifest;
import android.hardware.Camera;

/** 扫一扫: opens the camera after consent, permission and a press of the button. */
public final class ScanActivity extends GuardedPage {
    @Override
    protected void fill() {
        heading("扫一扫");
        button("打开相机", view -> start());
    }

    @Override
    protected String permission() {
        return Manifest.permission.CAMERA;
    }

    @Override
    protected String purpose() {
        return "扫一扫需要使用相机识别二维码。照片不会保存或上传。";
    }

    @Override
    protected void use() {
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
