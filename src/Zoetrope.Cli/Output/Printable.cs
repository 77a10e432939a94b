namespace Zoetrope.Cli.Output;

/// <summary>Makes a provider's words safe to print: they must not move the cursor, change the terminal or look like a line of ours.</summary>
internal static class Printable
{
    /// <summary>The text in one line without control characters.</summary>
    public static string Of(string text) =>
        string.Create(text.Length, text, (line, source) =>
        {
            for (var i = 0; i < line.Length; i++)
                line[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }).TrimEnd();
}
