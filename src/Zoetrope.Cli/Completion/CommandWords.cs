using System.Text;

namespace Zoetrope.Cli.Completion;

/// <summary>Splits a command line as a shell does that knows quotes and backslashes, to complete its last word.</summary>
internal static class CommandWords
{
    /// <summary>The words; the last one is the one that is typed, and may be empty.</summary>
    /// <param name="line">The line up to the cursor.</param>
    /// <param name="escape">The character that takes the meaning of the next one away.</param>
    /// <param name="quote">The quote that is still open at the end; null where there is none.</param>
    public static IReadOnlyList<string> Of(string line, char escape, out char? quote)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var hasWord = false;
        quote = null;
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (letter == escape && quote != '\'' && i + 1 < line.Length)
            {
                word.Append(line[++i]);
                hasWord = true;
            }
            else if (letter == quote)
                quote = null;
            else if (quote is null && letter is '"' or '\'')
            {
                quote = letter;
                hasWord = true;
            }
            else if (quote is null && char.IsWhiteSpace(letter))
            {
                if (hasWord)
                    words.Add(word.ToString());
                word.Clear();
                hasWord = false;
            }
            else
            {
                word.Append(letter);
                hasWord = true;
            }
        }
        words.Add(word.ToString());
        return words;
    }
}
