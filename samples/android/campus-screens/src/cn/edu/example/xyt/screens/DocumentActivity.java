package cn.edu.example.xyt.screens;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** Shows a text of the package: privacy policy or user agreement. */
public final class DocumentActivity extends Page {
    public static final String ASSET = "asset";

    @Override
    protected void fill() {
        String asset = getIntent().getStringExtra(ASSET);
        heading(asset == null || asset.contains("privacy") ? "隐私政策" : "用户协议");
        text(readAsset(asset));
    }

    private String readAsset(String asset) {
        if (!"privacy.txt".equals(asset) && !"agreement.txt".equals(asset)) {
            return "文件不存在";
        }
        StringBuilder all = new StringBuilder();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(getAssets().open(asset), "UTF-8"))) {
            String line = reader.readLine();
            while (line != null) {
                all.append(line).append('\n');
                line = reader.readLine();
            }
        } catch (IOException error) {
            return "暂无内容";
        }
        return all.toString();
    }
}
