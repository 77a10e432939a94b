using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Zoetrope.Generator.Tests.House;

/// <summary>What people read in code, comments and texts of messages, is in plain English. <c>ProseTests</c> reads the pages.</summary>
public sealed partial class WordTests
{
    [GeneratedRegex(@"(?<![Tt]here )\b(is|are) no (?!longer\b)|\b[Gg](ives?|ave) up\b|\b[Tt](elling|old|ells?)\b|\b[Ww]hoever\b|\bbehind it\b")]
    private static partial Regex Phrase { get; }

    // American English, as in .NET; what providers write is theirs.
    [GeneratedRegex(@"\b([Cc]olour|[Bb]ehaviour|[Hh]onour|[Nn]eighbour)|\b[Ll]abelled\b|\b([Rr]ecogn|[Oo]rgan|[Ss]erial|[Ii]nitial)is(e|ing)|\b[Ll]icence\b")]
    private static partial Regex British { get; }

    [Theory]
    [InlineData("src")]
    [InlineData("generator")]
    public void Comments_and_texts_are_in_American_English(string folder) =>
        Assert.Empty(Texts(folder).Where(text => British.IsMatch(text.Text)).Select(text => $"{text.Location}: {British.Match(text.Text).Value}"));

    [Theory]
    [InlineData("src")]
    [InlineData("generator")]
    public void Neither_comments_nor_texts_have_a_phrase_that_readers_stumble_over(string folder) =>
        Assert.Empty(Texts(folder).Where(text => Phrase.IsMatch(text.Text)).Select(text => $"{text.Location}: {Phrase.Match(text.Text).Value}"));

    private static IEnumerable<(string Location, string Text)> Texts(string folder)
    {
        foreach (var file in SourceFile.Of(folder).Where(file => !file.Path.Split('/').Contains("templates")))
        {
            var root = file.Tree.GetRoot();
            foreach (var token in root.DescendantTokens().Where(token => IsText(token)))
                yield return (LocationOf(token.GetLocation()), token.Text);
            foreach (var comment in root.DescendantTrivia().Where(IsComment))
                yield return (LocationOf(comment.GetLocation()), comment.ToFullString());
        }
    }

    private static bool IsText(SyntaxToken token) =>
        token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken;

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;

    private static string LocationOf(Location location) => $"{location.SourceTree!.FilePath}({location.GetLineSpan().StartLinePosition.Line + 1})";
}
