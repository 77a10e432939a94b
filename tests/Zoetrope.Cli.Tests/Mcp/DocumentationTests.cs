using System.Text.Json;
using System.Text.RegularExpressions;

namespace Zoetrope.Cli.Tests.Mcp;

/// <summary><c>docs/mcp.md</c> shows what works.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "mcp.md"));

    [Fact]
    public async Task Each_configuration_of_a_client_starts_the_server_with_the_tools_that_the_page_lists()
    {
        var listed = Tools().Matches(Page).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal).ToList();
        var servers = Blocks().Matches(Page)
            .Select(match => JsonDocument.Parse(match.Groups[1].Value).RootElement)
            .Select(block => block.TryGetProperty("mcpServers", out var all) || block.TryGetProperty("servers", out all) ? all : default)
            .Where(all => all.ValueKind == JsonValueKind.Object)
            .Select(all => all.GetProperty("zoetrope"))
            .ToList();
        Assert.Equal(2, servers.Count);
        foreach (var server in servers)
        {
            Assert.Equal("zoetrope", server.GetProperty("command").GetString());
            var arguments = server.GetProperty("args").EnumerateArray().Select(argument => argument.GetString()!).ToArray();
            var environment = server.GetProperty("env").EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!);

            await using var client = await ToolClient.StartAsync(arguments, environment: environment);

            var tools = await client.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(listed, tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task The_options_of_the_page_are_those_of_the_command()
    {
        var help = (await CliProcess.RunAsync("mcp", "--help")).Exits(0).Output;

        var section = Page[Page.IndexOf("## Options", StringComparison.Ordinal)..];
        var options = Options().Matches(section).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.Equal(Options().Matches(help).Select(match => match.Groups[1].Value).Where(name => name != "--help").Distinct().Order(StringComparer.Ordinal),
            options.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Tools();

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"(?<![\w-])(--[a-z][a-z-]+)")]
    private static partial Regex Options();
}
