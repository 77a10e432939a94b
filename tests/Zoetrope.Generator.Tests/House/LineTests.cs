using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Zoetrope.Generator.Tests.House;

/// <summary>Lines are read in two panes: none is longer than max_line_length of .editorconfig, but for documents inside tests.</summary>
public sealed class LineTests
{
    private const int Longest = 160;
    private const int MostLines = 300;

    [Theory]
    [InlineData("src")]
    [InlineData("generator")]
    public void A_line_of_what_ships_is_longer_than_the_limit_only_where_it_is_a_line_of_generated_code(string folder) =>
        Assert.Empty(LongLines(folder).Where(line => !line.IsGenerated).Select(line => line.Location));

    [Theory]
    [InlineData("tests")]
    [InlineData("benchmarks")]
    public void A_line_of_a_test_is_longer_than_the_limit_only_by_its_texts(string folder) =>
        Assert.Empty(LongLines(folder).Where(line => line.LengthWithoutTexts > Longest).Select(line => line.Location));

    [Fact]
    public void A_line_of_prose_is_longer_than_the_limit_only_in_a_table_an_example_or_a_picture() => Assert.Empty(
        Files("*.md").SelectMany(path => LinesOfProse(path).Where(line => line.Text.Length > Longest).Select(line => $"{path}({line.Number})")));

    [Theory]
    [InlineData("*.csproj")]
    [InlineData("*.props")]
    [InlineData("*.targets")]
    public void A_line_of_a_project_is_longer_than_the_limit_only_where_it_is_one_text(string pattern) => Assert.Empty(
        Files(pattern).SelectMany(path => File.ReadLines(Repository.PathOf(path)).Select((text, index) => (Text: text, Number: index + 1))
            .Where(line => line.Text.Length > Longest && line.Text.Split("=\"").Length > 2)
            .Select(line => $"{path}({line.Number})")));

    [Theory]
    [InlineData("*.cs")]
    [InlineData("*.js")]
    [InlineData("*.css")]
    public void A_file_of_what_ships_has_one_subject_and_so_few_lines(string pattern)
    {
        var files = Files(pattern).Where(path => path.Split(Path.DirectorySeparatorChar)[0] is "src" or "generator").ToList();

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, path => File.ReadLines(Repository.PathOf(path)).Count() > MostLines);
    }

    [Fact]
    public void The_limit_is_that_of_the_editor()
    {
        var settings = File.ReadAllLines(Path.Combine(Repository.Root, ".editorconfig"));

        Assert.Contains($"max_line_length = {Longest}", settings);
    }

    // Documents of providers are as they came.
    private static List<string> Files(string pattern)
    {
        var files = Directory.EnumerateFiles(Repository.Root, pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Where(path => !path.Split(Path.DirectorySeparatorChar)
                .Any(part => SourceFile.IsOutput(part) || part is "specs" or "node_modules" || part.StartsWith('.')))
            .ToList();
        Assert.NotEmpty(files);
        return files;
    }

    private static IEnumerable<(string Text, int Number)> LinesOfProse(string path)
    {
        var number = 0;
        var isExample = false;
        foreach (var line in File.ReadLines(Repository.PathOf(path)))
        {
            number++;
            var text = line.TrimStart();
            if (text.StartsWith("```", StringComparison.Ordinal))
                isExample = !isExample;
            else if (!isExample && !text.StartsWith('|') && !text.StartsWith("![", StringComparison.Ordinal) && !text.StartsWith("[!", StringComparison.Ordinal))
                yield return (line, number);
        }
    }

    private static IEnumerable<LongLine> LongLines(string folder) => SourceFile.Of(folder).SelectMany(file => file.Text.Lines
        .Where(line => line.Span.Length > Longest)
        .Select(line => new LongLine($"{file.Path}({line.LineNumber + 1})", file.Tree.GetRoot(), line.Span)));

    private sealed record LongLine(string Location, SyntaxNode Root, TextSpan Span)
    {
        // The lines of what is generated have their own length.
        public bool IsGenerated =>
            Root.FindToken(Span.Start + Longest).Parent?.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>() is { } text
            && text.StringStartToken.IsKind(SyntaxKind.InterpolatedMultiLineRawStringStartToken);

        public int LengthWithoutTexts =>
            Span.Length - Root.DescendantNodes(Span, node => !IsText(node)).Where(IsText).Sum(node => node.Span.Intersection(Span)?.Length ?? 0);

        private static bool IsText(SyntaxNode node) =>
            node is InterpolatedStringExpressionSyntax
            || node.IsKind(SyntaxKind.StringLiteralExpression)
            || node.IsKind(SyntaxKind.Utf8StringLiteralExpression);
    }
}
