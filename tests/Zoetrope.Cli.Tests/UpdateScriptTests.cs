using System.Diagnostics;
using System.Text.RegularExpressions;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>The scripts of <c>docs/update-specs.md</c>, as they are there, in a repository of git: the workflow of every morning, and the hook.</summary>
public sealed partial class UpdateScriptTests : IAsyncLifetime
{
    private const string Id = "fal-ai/kling-video/o3/pro/image-to-video";

    private static readonly string _page = File.ReadAllText(Repository.PathOf("docs", "update-specs.md"));

    private readonly SpecsFolder _served = new();
    private readonly SpecsFolder _folder = new();
    private readonly TemporaryFolder _tools = new();
    private MediaSimulator _simulator = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts are those of a POSIX shell.");
        _simulator = await MediaSimulator.StartAsync(new() { SpecsFolder = _served.PathOf("specs") }, TestContext.Current.CancellationToken);
        _folder.DeleteSpecs();
        (await _folder.RunAsync(["specs", "add", Id, "--base-url", _simulator.BaseUrl.ToString()])).Exits(0);
        Tool("zoetrope", $"""exec "{Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"}" exec "{CliProcess.Path}" "$@" """);
        Tool("gh", $"""printf '%s\n' "$@" > "{_tools.Path}/gh.txt"; while [ "$1" != --body-file ]; do shift; done; cp "$2" "{_tools.Path}/body.md" """);
        Git("init", "--quiet", "--initial-branch", "main");
        Git("config", "user.name", "a");
        Git("config", "user.email", "a@example.com");
        Commit();
        Run(0, "git", ["init", "--quiet", "--bare", "--initial-branch", "main", Path.Combine(_tools.Path, "origin")]);
        Git("remote", "add", "origin", Path.Combine(_tools.Path, "origin"));
        Git("push", "--quiet", "origin", "main");
    }

    [Fact]
    public void The_workflow_opens_a_pull_request_whose_text_is_the_difference()
    {
        _served.Replace(SpecsFolder.FalOpenApi, "\"prompt\"", "\"text\"");

        Run(0, "bash", ["-e", "-c", Workflow()]);

        Assert.Equal("Update the documents of providers", Git("log", "-1", "--format=%s").Trim());
        Assert.Equal([SpecsFolder.FalOpenApi, SpecsFolder.Lock], Git("show", "--name-only", "--format=", "HEAD").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(Git("rev-parse", "HEAD"), Git("ls-remote", "origin", Git("branch", "--show-current").Trim()).Split('\t')[0] + "\n");
        Assert.Equal(["pr", "create"], File.ReadLines(Path.Combine(_tools.Path, "gh.txt")).Take(2));
        var text = File.ReadAllText(Path.Combine(_tools.Path, "body.md"));
        Assert.Contains("Prompt", text, StringComparison.Ordinal);
        Assert.Contains("breaking", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_workflow_does_nothing_where_no_document_has_changed()
    {
        Run(0, "bash", ["-e", "-c", Workflow()]);

        Assert.Equal("main", Git("branch", "--show-current").Trim());
        Assert.False(File.Exists(Path.Combine(_tools.Path, "gh.txt")));
    }

    [Fact]
    public void The_hook_refuses_a_document_with_errors_and_lets_others_be_committed()
    {
        var hook = _folder.PathOf(".git/hooks/pre-commit");
        File.WriteAllText(hook, Hook().Match(_page).Groups["script"].Value);
        MakeExecutable(hook);
        _folder.Write("notes.txt", "1");
        Commit();
        var head = Git("rev-parse", "HEAD");
        _folder.Write(SpecsFolder.FalOpenApi, "{");
        Git("add", "--all");

        var refused = Run(1, "git", ["commit", "--quiet", "--message", "Damage a document"]);

        Assert.Contains("kling-video-o3-pro-image-to-video.json", refused, StringComparison.Ordinal);
        Assert.Equal(head, Git("rev-parse", "HEAD"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_simulator is not null)
            await _simulator.DisposeAsync();
        _served.Dispose();
        _folder.Dispose();
        _tools.Dispose();
    }

    private static string Workflow()
    {
        var script = Script().Match(_page).Groups["script"].Value;
        Assert.NotEmpty(script);
        return string.Join('\n', script.Split('\n').Select(line => line.TrimStart()));
    }

    private void Tool(string name, string script) => MakeExecutable(_tools.Write(name, $"#!/bin/sh\n{script}\n"));

    private static void MakeExecutable(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void Commit()
    {
        Git("add", "--all");
        Git("commit", "--quiet", "--message", "Change something");
    }

    private string Git(params string[] arguments) => Run(0, "git", arguments);

    /// <summary>Runs a command in the folder; what it prints, stderr included.</summary>
    private string Run(int exitCode, string command, string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = _folder.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_tools.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["RUNNER_TEMP"] = _tools.Path;
        start.Environment["XDG_DATA_HOME"] = start.Environment["XDG_CACHE_HOME"] = _tools.Path;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var all = output + errors.GetAwaiter().GetResult();
        Assert.True(process.ExitCode == exitCode, $"{command} {string.Join(' ', arguments)} exits with {process.ExitCode}: {all}");
        return all;
    }

    [GeneratedRegex(@"- run: \|\n(?<script>(?: {10}.*\n)+)")]
    private static partial Regex Script();

    [GeneratedRegex(@"(?<script>#!/bin/sh\n.*?)```", RegexOptions.Singleline)]
    private static partial Regex Hook();
}
