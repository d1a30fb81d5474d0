using QRCoder;

namespace Portico.Platform.Pictures;

/// <summary>
/// A code as a picture, with the error correction that a screen's glare or a creased sheet needs. Only QRCoder's renderers
/// that draw by themselves: the others want System.Drawing.
/// </summary>
public static class QrImage
{
    private const int PixelsPerModule = 10;

    public static string Svg(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        using var image = new SvgQRCode(data);
        return image.GetGraphic(PixelsPerModule);
    }

    public static byte[] Png(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        using var image = new PngByteQRCode(data);
        return image.GetGraphic(PixelsPerModule);
    }
}
