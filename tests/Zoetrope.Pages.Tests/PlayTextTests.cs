using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Zoetrope.Cli.Tests;

namespace Zoetrope.Pages.Tests;

/// <summary>That whatever a person types is the same text in the request as C#, as JSON and as curl.</summary>
public sealed class PlayTextTests(PlayFixture fixture) : IClassFixture<PlayFixture>
{
    public static TheoryData<string> Texts { get; } =
    [
        "'", "''", "'a'", "\"", "\"\"\"", "\"a\"", "\\", "\\\\", "a\\", "\\\"", "\\'", "'\\''", "\\u0041", "{a}", "{{",
        "$\"{a}\"", "@\"a\"", "$(id)", "`id`", "!!", "%PATH%",
        "a\n", "\na", "a\r\nb", "\ta", "a\0b", "*/", "//", "#if", "</script>", "<!--",
        "line\u2028line", "\u2028", "\u2029end", "next\u0085line", "\uFEFFbom", "\u202Eright to left",
        "\uD83C\uDFAC film", "e\u0301", "-d", "@file", "a=b&c", " a ",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_is_the_same_text_in_each_language(string text)
    {
        var input = new JsonObject { ["prompt"] = text, ["image_url"] = Kling.ImageUrl, [$"name {text}"] = new JsonArray(text) };

        var (_, draft) = await fixture.Play.PostAsync("/api/draft", ServedPlay.Draft(input));

        Assert.True(JsonNode.DeepEquals(input, JsonNode.Parse(draft.GetProperty("json").GetString()!)), draft.GetProperty("json").GetString());
        var literals = LiteralsOf(draft.GetProperty("csharp").GetString()!);
        Assert.Contains(text, literals);
        Assert.Contains($"name {text}", literals);
        Assert.Contains(literals, literal => IsJsonOf(literal, input[$"name {text}"]!));
        if (OperatingSystem.IsWindows())
            return;
        var arguments = await ArgumentsOfAsync(draft.GetProperty("curl").GetString()!);
        var body = JsonNode.Parse(arguments[arguments.IndexOf("-d") + 1])!.AsObject();
        Assert.Equal([text, text], new[] { (string?)body["prompt"], (string?)body[$"name {text}"]![0] });
    }

    [Fact]
    public async Task The_name_of_a_file_is_the_same_name_in_each_language()
    {
        // What a name cannot have on this machine, such as a line feed, is not in it; everything else is.
        const string name = "it's \"my\" \u2028 $(cat) {0}.png";
        using var content = new ByteArrayContent(Recorded.PngOf(320, 320));
        using var uploaded = await fixture.Play.Client.PostAsync("/api/files?name=" + Uri.EscapeDataString(name), content, Token);
        var file = JsonNode.Parse(await uploaded.Content.ReadAsStringAsync(Token))!;
        Assert.Equal(name, (string?)file["name"]);

        var (_, draft) = await fixture.Play.PostAsync(
            "/api/draft", ServedPlay.Draft(new JsonObject { ["prompt"] = "a", ["image_url"] = (string?)file["value"] }));

        Assert.Contains(name, LiteralsOf(draft.GetProperty("csharp").GetString()!));
        var url = (string)JsonNode.Parse(draft.GetProperty("json").GetString()!)!["image_url"]!;
        Assert.Equal($"/{name}", Uri.UnescapeDataString(new Uri(url).AbsolutePath));
        Assert.Contains(url, draft.GetProperty("curl").GetString(), StringComparison.Ordinal);
    }

    /// <summary>The texts of a program that has no errors of syntax.</summary>
    private static List<string> LiteralsOf(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, cancellationToken: Token);
        Assert.Empty(tree.GetDiagnostics(Token));
        return [.. tree.GetRoot(Token).DescendantNodes().OfType<LiteralExpressionSyntax>()
            .Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression)).Select(literal => literal.Token.ValueText)];
    }

    private static bool IsJsonOf(string text, JsonNode expected)
    {
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(text), expected);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The arguments that a shell gives to curl.</summary>
    private static async Task<List<string>> ArgumentsOfAsync(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["FAL_KEY"] = "of-a-person";
        using var shell = Process.Start(start)!;
        await shell.StandardInput.WriteAsync($"curl() {{ printf '%s\\0' \"$@\"; }}\n{command}\n");
        shell.StandardInput.Close();
        var printed = await shell.StandardOutput.ReadToEndAsync(Token);
        await shell.WaitForExitAsync(Token);
        Assert.Equal(0, shell.ExitCode);
        var arguments = printed.Split('\0')[..^1].ToList();
        Assert.Contains("Authorization: Key of-a-person", arguments);
        return arguments;
    }
}
