using System.Globalization;
using System.Text;

namespace Zoetrope.Cli.Output;

/// <summary>
/// Images in terminals that show them: by the protocol of iTerm2, or by kitty's. Which one it is, the environment says; nothing is asked of the terminal, which
/// could respond too late, into the next command line.
/// </summary>
internal static class ImagePreview
{
    private const int LargestFile = 20 * 1024 * 1024;

    // The most that kitty takes at once, in characters of base64.
    private const int Chunk = 4096;

    private enum Protocol
    {
        None,
        ITerm,
        Kitty,
    }

    /// <summary>Shows a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes to the terminal.</param>
    /// <returns>Why it is not shown; null where it is.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? Show(string path, Action<string> write)
    {
        var protocol = Find();
        if (protocol == Protocol.None)
            return "this terminal is not known to show images";
        if (new FileInfo(path).Length > LargestFile)
            return "it is larger than 20 MB";
        var content = File.ReadAllBytes(path);
        switch (FormatOf(content))
        {
            case null:
                return "its format is not that of an image";
            case not "PNG" and var format when protocol == Protocol.Kitty:
                return $"its format is {format}, and this terminal shows only PNG";
            case ("WebP" or "AVIF") and var format:
                return $"its format is {format}, and only PNG, JPEG and GIF are shown";
        }
        var text = Convert.ToBase64String(content);
        write(protocol == Protocol.Kitty ? Kitty(text) : ITerm(text, content.Length));
        return null;
    }

    /// <summary>What a file is by its first bytes, whatever its name is.</summary>
    private static string? FormatOf(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return "PNG";
        if (content.StartsWith<byte>([0xFF, 0xD8, 0xFF]))
            return "JPEG";
        if (content.StartsWith("GIF8"u8))
            return "GIF";
        if (content.StartsWith("RIFF"u8) && content.Length >= 12 && content[8..].StartsWith("WEBP"u8))
            return "WebP";
        return content.Length >= 12 && content[4..].StartsWith("ftypavif"u8) ? "AVIF" : null;
    }

    private static Protocol Find()
    {
        var term = Variable("TERM");
        // They would have to pass it on, which they do only where they are set up for it.
        if (Variable("TMUX").Length > 0 || term.StartsWith("screen", StringComparison.Ordinal) || term.StartsWith("tmux", StringComparison.Ordinal)
            || term == "dumb")
            return Protocol.None;
        if (Variable("KITTY_WINDOW_ID").Length > 0 || term is "xterm-kitty" or "xterm-ghostty" || Variable("TERM_PROGRAM") == "ghostty")
            return Protocol.Kitty;
        return Variable("TERM_PROGRAM") is "iTerm.app" or "WezTerm" || Variable("LC_TERMINAL") == "iTerm2" ? Protocol.ITerm : Protocol.None;
    }

    private static string ITerm(string text, int size) =>
        string.Create(CultureInfo.InvariantCulture, $"\e]1337;File=inline=1;size={size};width=auto;height=auto;preserveAspectRatio=1:{text}\a\n");

    private static string Kitty(string text)
    {
        var written = new StringBuilder();
        for (var at = 0; at < text.Length; at += Chunk)
        {
            var more = at + Chunk < text.Length ? 1 : 0;
            // Nothing is to be responded: q=2.
            written.Append("\e_G").Append(at == 0 ? "a=T,f=100,q=2," : "").Append("m=").Append(more).Append(';')
                .Append(text.AsSpan(at, Math.Min(Chunk, text.Length - at))).Append("\e\\");
        }
        return written.Append('\n').ToString();
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
