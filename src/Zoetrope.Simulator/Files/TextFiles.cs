using System.Globalization;

namespace Zoetrope.Simulator.Files;

/// <summary>Makes files of text.</summary>
internal static class TextFiles
{
    public static byte[] Svg(int width, int height) => System.Text.Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect width="{width}" height="{height}" fill="#60a080"/></svg>"""));

    public static byte[] Json() => "{\"text\":\"A text.\"}"u8.ToArray();

    public static byte[] Text() => "A text.\n"u8.ToArray();

    public static byte[] Csv() => "name,value\r\nA text.,1\r\n"u8.ToArray();

    public static byte[] Srt() => "1\n00:00:00,000 --> 00:00:01,000\nA text.\n"u8.ToArray();
}
