using System.Text.Json;

namespace Zoetrope.Cli.Tests;

/// <summary>Help for programs, and the help of a model.</summary>
public sealed class HelpTests
{
    [Fact]
    public async Task Help_as_JSON_has_every_command_with_what_it_takes()
    {
        var help = (await CliProcess.RunAsync("--help", "--json")).Exits(0).Json();

        Assert.Equal(1, help.GetProperty("version").GetInt32());
        var commands = help.GetProperty("commands").EnumerateArray().ToDictionary(command => command.GetProperty("command").GetString()!);
        Assert.Superset(
            new HashSet<string>(
                ["zoetrope run", "zoetrope batch", "zoetrope jobs", "zoetrope resume", "zoetrope cancel", "zoetrope models", "zoetrope specs"]),
            commands.Keys.ToHashSet());
        var add = commands["zoetrope specs"].GetProperty("commands").EnumerateArray()
            .Single(command => command.GetProperty("command").GetString() == "zoetrope specs add");
        Assert.True(add.GetProperty("arguments")[0].GetProperty("repeatable").GetBoolean());
        var run = commands["zoetrope run"];
        Assert.Equal("MODEL", run.GetProperty("arguments")[0].GetProperty("name").GetString());
        Assert.True(run.GetProperty("arguments")[0].GetProperty("required").GetBoolean());
        Assert.Equal(["preferred", "cheapest"], OptionOf(run, "--policy").GetProperty("values").EnumerateArray().Select(value => value.GetString()));
        Assert.Contains(OptionOf(run, "--provider").GetProperty("values").EnumerateArray(), value => value.GetString() == "fal");
        Assert.Equal(("duration", "url", "boolean"), (TypeOf(run, "--timeout"), TypeOf(run, "--base-url"), TypeOf(run, "--estimate")));
        Assert.Equal("-i", OptionOf(run, "--input").GetProperty("aliases")[0].GetString());
        Assert.True(OptionOf(run, "--input").GetProperty("repeatable").GetBoolean());
        Assert.Equal(16, OptionOf(commands["zoetrope batch"], "--parallel").GetProperty("default").GetInt32());
        Assert.Equal("integer", TypeOf(commands["zoetrope batch"], "--parallel"));
        Assert.Equal("boolean", TypeOf(help, "--version"));
    }

    [Fact]
    public async Task Help_names_an_argument_and_not_all_that_completes_it()
    {
        var help = (await CliProcess.RunAsync("--help")).Exits(0).Output;

        Assert.Contains("  run <MODEL>  ", help, StringComparison.Ordinal);
        Assert.DoesNotContain("kling-video", help[..help.IndexOf("Examples:", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("models", "--help")]
    [InlineData("jobs", "list", "--help")]
    [InlineData("specs", "add", "--help")]
    [InlineData("mcp", "--help")]
    [InlineData("run", Kling.Neutral, "--help")]
    public async Task Where_stdout_is_no_terminal_no_line_is_wider_than_80_but_command_lines(params string[] arguments)
    {
        var lines = (await CliProcess.RunAsync(arguments)).Exits(0).Output.Split('\n');

        Assert.All(lines, line => Assert.True(line.Length <= 80 || line.StartsWith("  zoetrope ", StringComparison.Ordinal), line));
        Assert.Contains(lines, line => line.Length > 60);
        // No word is broken.
        Assert.DoesNotContain(lines, line => line.EndsWith('|') || line.TrimStart().StartsWith('|'));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(120)]
    public async Task On_a_terminal_the_help_of_a_model_is_as_wide_as_it(int columns)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no `script` here to make a terminal with.");
        using var run = CliProcess.Start(
            ["run", Kling.Neutral, "--help"], new Dictionary<string, string> { ["TERM"] = "xterm" }, onTerminal: true, columns: columns);

        var lines = (await run.FinishAsync()).Exits(0).Output.Split('\n').Select(line => line.TrimEnd('\r')).ToList();

        Assert.All(lines, line => Assert.True(line.Length <= columns || line.StartsWith("Inputs, given as ", StringComparison.Ordinal), line));
        Assert.Contains(lines, line => line.Length > columns - 20);
    }

    [Theory]
    [InlineData("zoetrope run", "run", "--help", "--json")]
    [InlineData("zoetrope models", "models", "--json", "--help")]
    [InlineData("zoetrope specs add", "specs", "add", "--help", "--json")]
    public async Task The_help_of_a_command_as_JSON(string command, params string[] arguments)
    {
        var help = (await CliProcess.RunAsync(arguments)).Exits(0).Json();

        Assert.Equal(command, help.GetProperty("command").GetString());
    }

    [Fact]
    public async Task Every_option_of_the_written_help_is_in_the_JSON()
    {
        var written = (await CliProcess.RunAsync("run", "--help")).Exits(0).Output;
        var help = (await CliProcess.RunAsync("run", "--help", "--json")).Exits(0).Json();

        foreach (var option in help.GetProperty("options").EnumerateArray())
            Assert.Contains(option.GetProperty("name").GetString()!, written, StringComparison.Ordinal);
        Assert.True(help.GetProperty("options").GetArrayLength() > 15);
    }

    [Fact]
    public async Task The_help_of_a_model_has_its_inputs_limits_values_and_rules()
    {
        var output = (await CliProcess.RunAsync("run", Kling.Neutral, "--help")).Exits(0).Output;

        Assert.Contains("  image_url*  string\n", output, StringComparison.Ordinal);
        Assert.Contains("      characters, at most 2500\n", output, StringComparison.Ordinal);
        Assert.Contains("      default 5; one of 3, 4, 5, ", output, StringComparison.Ordinal);
        Assert.Contains("  exactly one of prompt and multi_prompt must be given\n", output, StringComparison.Ordinal);
        Assert.Contains("  usual time at eachlabs: 1 min 50 s\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_JSON_Schema_of_a_model_is_what_requests_are_held_to()
    {
        var schema = (await CliProcess.RunAsync("run", Kling.FalEndpoint, "--help", "--json")).Exits(0).Json();

        Assert.Equal("object", schema.GetProperty("type").GetString());
        Assert.Equal(["image_url"], schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(2500, schema.GetProperty("properties").GetProperty("prompt").GetProperty("maxLength").GetInt32());
        Assert.Equal(13, schema.GetProperty("properties").GetProperty("duration").GetProperty("enum").GetArrayLength());
        Assert.Equal("fal", schema.GetProperty("x-zoetrope").GetProperty("endpoints")[0].GetProperty("provider").GetString());
        Assert.Contains(
            schema.GetProperty("x-zoetrope").GetProperty("rules").EnumerateArray(),
            rule => rule.GetString() == "exactly one of prompt and multi_prompt must be given");
    }

    [Fact]
    public async Task A_model_without_a_document_takes_anything()
    {
        string[] arguments = ["run", "fal-ai/some/model", "--provider", "fal", "--help"];

        Assert.True((await CliProcess.RunAsync([.. arguments, "--json"])).Exits(0).Json().GetProperty("additionalProperties").GetBoolean());
        Assert.Contains("its inputs are not known", (await CliProcess.RunAsync(arguments)).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_of_a_model_that_is_not_there_names_those_that_are_near()
    {
        (await CliProcess.RunAsync("run", "kling", "--help")).Exits(2).Says("MODEL: this build has no model 'kling'; similar names are ");
    }

    private static JsonElement OptionOf(JsonElement command, string name) =>
        command.GetProperty("options").EnumerateArray().Single(option => option.GetProperty("name").GetString() == name);

    private static string? TypeOf(JsonElement command, string name) => OptionOf(command, name).GetProperty("type").GetString();
}
