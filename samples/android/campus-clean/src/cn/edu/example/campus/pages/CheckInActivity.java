package cn.edu.example.campus.pages;

import android.Manifest;
import com.amap.api.location.AMapLocationClient;

/** 签到: reads the place once, after consent, permission and a press of the button. */
public final class CheckInActivity extends GuardedPage {
    @Override
    protected void fill() {
        heading("课堂签到");
        button("立即签到", view -> start());
    }

    @Override
    protected String permission() {
        return Manifest.permission.ACCESS_FINE_LOCATION;
    }

    @Override
    protected String purpose() {
        return "签到需要获取您的位置，用于确认您在教室内。仅在签到时获取一次。";
    }

    @Override
    protected void use() {
        new AMapLocationClient(getApplicationContext()).startLocation();
        text("签到成功");
    }
}
