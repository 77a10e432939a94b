using System.Text;
using Zoetrope.Json;

namespace Zoetrope.Cli.Input;

/// <summary>Texts in inputs that stand for something else, such as for a file until it is uploaded.</summary>
internal static class QuotedTexts
{
    /// <summary>The input with other texts in place of some of its texts.</summary>
    /// <param name="input">The input.</param>
    /// <param name="texts">The texts as they are in JSON, and what they are replaced by.</param>
    public static RawJson Replace(RawJson input, IEnumerable<(string Quoted, RawJson By)> texts)
    {
        StringBuilder? replaced = null;
        foreach (var (quoted, by) in texts)
            (replaced ??= new StringBuilder(input.ToString())).Replace(quoted, by.ToString());
        return replaced is null ? input : RawJson.Parse(replaced.ToString());
    }
}
