namespace Zoetrope.Generator.Operations;

/// <summary>Takes paths apart.</summary>
internal static class PathTemplates
{
    /// <summary>The pieces of a path: text, and the names of parameters.</summary>
    public static IEnumerable<(string Text, bool IsParameter)> Of(string path)
    {
        // A path is put behind the server's URL, and may not change that.
        var rest = path.StartsWith("/", StringComparison.Ordinal) ? path : "/" + path;
        while (rest.Length > 0)
        {
            var open = rest.IndexOf('{');
            var close = open < 0 ? -1 : rest.IndexOf('}', open);
            if (close < 0)
            {
                yield return (rest, false);
                yield break;
            }
            if (open > 0)
                yield return (rest.Substring(0, open), false);
            yield return (rest.Substring(open + 1, close - open - 1), true);
            rest = rest.Substring(close + 1);
        }
    }
}
