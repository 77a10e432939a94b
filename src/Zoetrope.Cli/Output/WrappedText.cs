using System.Text;
using Spectre.Console;

namespace Zoetrope.Cli.Output;

/// <summary>Text that is broken into lines, by the cells that it takes on a terminal, where some characters are two wide.</summary>
internal static class WrappedText
{
    private const int UsualWidth = 80;
    private const int Narrowest = 20;

    /// <summary>How wide text for people is: as stdout's terminal is, and 80 cells elsewhere.</summary>
    public static int WidthOfOutput => !Console.IsOutputRedirected && Console.WindowWidth is > 1 and var width ? width : UsualWidth;

    /// <summary>Appends words in lines. A word that is longer than a line is not broken.</summary>
    /// <param name="text">Receives the lines.</param>
    /// <param name="words">The words.</param>
    /// <param name="width">The width, of which at least 20 cells are used.</param>
    /// <param name="indent">What the first line begins with.</param>
    /// <param name="next">What the lines after it begin with; null for the same.</param>
    public static void Append(StringBuilder text, IEnumerable<string> words, int width, string indent, string? next = null)
    {
        var used = 0;
        var begin = indent;
        foreach (var word in words.Select(Printable.Of).Where(word => word.Length > 0))
        {
            var cells = word.GetCellWidth();
            if (used > 0 && used + 1 + cells > Math.Max(Narrowest, width))
            {
                text.Append('\n');
                used = 0;
            }
            text.Append(used == 0 ? begin : " ").Append(word);
            used += (used == 0 ? begin.Length : 1) + cells;
            begin = next ?? indent;
        }
        if (used > 0)
            text.Append('\n');
    }
}
