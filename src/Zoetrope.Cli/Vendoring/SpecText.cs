using System.Text;

namespace Zoetrope.Cli.Vendoring;

/// <summary>Reads documents as the compiler does, so that columns are the same.</summary>
internal static class SpecText
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file.</summary>
    public static string Read(string path) => Decode(File.ReadAllBytes(path));

    /// <summary>The text that the bytes are: UTF-8 or the encoding of a byte order mark; if they are not UTF-8, each byte is a character.</summary>
    public static string Decode(byte[] content)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(content), _strict, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(content);
        }
    }
}
