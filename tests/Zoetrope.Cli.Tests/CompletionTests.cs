using System.Diagnostics;

namespace Zoetrope.Cli.Tests;

/// <summary>Completion: the words, and the scripts in the shells that are here.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("ru", "run")]
    [InlineData("jobs li", "list")]
    [InlineData("specs ", "add", "update", "list", "show", "diff", "check", "lock")]
    [InlineData("run kling", Kling.Neutral)]
    [InlineData("run fal:fal-ai/kl", "fal:" + Kling.FalEndpoint)]
    [InlineData("run --provider fal fal-ai/kl", Kling.FalEndpoint)]
    [InlineData($"run {Kling.Neutral} --pol", "--policy")]
    [InlineData($"run {Kling.Neutral} --policy ", "cheapest", "preferred")]
    [InlineData($"run {Kling.Neutral} --policy=ch", "--policy=cheapest")]
    [InlineData($"run {Kling.Neutral} --input g", "generate_audio=")]
    [InlineData($"run {Kling.Neutral} -i generate_audio=", "generate_audio=false", "generate_audio=true")]
    [InlineData($"run {Kling.Neutral} --input duration=1", "duration=10", "duration=11", "duration=12", "duration=13", "duration=14", "duration=15")]
    [InlineData($"run {Kling.Neutral} -i duration=5 -i d")]
    [InlineData($"run {Kling.Neutral} --file imag", "image_url=")]
    [InlineData($"batch --model {Kling.Neutral} --input im", "image_url=")]
    [InlineData("run no-such-model --input ")]
    [InlineData("run --simulate --json-nothing --input ")]
    [InlineData("run --timeout ")]
    [InlineData("resume ")]
    [InlineData("run -- --pol")]
    [InlineData("models --sort t", "time")]
    [InlineData("jobs list --state in", "in_doubt", "intended")]
    [InlineData("completion ", "bash", "fish", "powershell", "zsh")]
    [InlineData("no-such-command ")]
    [InlineData("run @")]
    public async Task Words_are_completed(string line, params string[] expected)
    {
        var result = (await CliProcess.RunAsync(["__complete", "fish", .. line.Split(' ')])).Exits(0);

        var words = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('\t')[0]);
        Assert.Equal(expected.Order(StringComparer.Ordinal), words.Order(StringComparer.Ordinal));
        Assert.Empty(result.ErrorLines);
    }

    [Theory]
    [InlineData("zoetrope run kling-o3", "", "kling-o3-pro-image-to-video")]
    [InlineData($"zoetrope run {Kling.Neutral} -i duration=1", "=", "10", "11", "12", "13", "14", "15")]
    [InlineData("zoetrope run fal:fal-ai/k", "=:", Kling.FalEndpoint)]
    [InlineData("zoetrope run \"fal:fal-ai/k", "=:", "fal:" + Kling.FalEndpoint)]
    [InlineData("zoetrope  run   'kling-o3", "=:", "kling-o3-pro-image-to-video")]
    public async Task In_bash_only_what_follows_the_last_break_is_completed(string line, string breaks, params string[] expected)
    {
        var result = (await CliProcess.RunAsync("__complete", "bash", line, breaks)).Exits(0);

        Assert.Equal(expected, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Models_of_the_cache_are_completed_without_a_request_and_hostile_ones_do_nothing()
    {
        using var cache = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(cache.Path, "zoetrope"));
        await File.WriteAllTextAsync(Path.Combine(cache.Path, "zoetrope", "models-fal.jsonl"), """
            {"version":1,"page":"https://api.fal.ai/v1/models?limit=100"}
            {"id":"fal-ai/cached/one","title":"One\u001b[2J\nTwo\tThree"}
            {"end":true}

            """);
        await File.WriteAllTextAsync(Path.Combine(cache.Path, "zoetrope", "models-eachlabs.jsonl"), "damaged");
        var environment = new Dictionary<string, string>
        {
            ["XDG_CACHE_HOME"] = cache.Path, ["HTTPS_PROXY"] = FakeServer.Nowhere().ToString(),
        };

        var result = (await CliProcess.RunAsync(["__complete", "zsh", "run", "fal:fal-ai/cached"], environment)).Exits(0);
        var own = (await CliProcess.RunAsync(["__complete", "bash", "zoetrope run --provider fal fal-ai/cached"], environment)).Exits(0);

        Assert.Equal("fal:fal-ai/cached/one\tOne [2J Two Three\n", result.Output);
        Assert.Equal("fal-ai/cached/one\n", own.Output);
    }

    [Theory]
    [InlineData]
    [InlineData("bash")]
    [InlineData("fish")]
    public async Task Nothing_to_complete_is_no_crash(params string[] arguments)
    {
        var result = await CliProcess.RunAsync(["__complete", .. arguments]);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
    }

    [Theory]
    [InlineData("SHELL: must be one of bash, zsh, fish, powershell, but is 'tcsh'", "tcsh")]
    [InlineData("See `zoetrope completion --help`.")]
    public async Task Wrong_usage_ends_with_2(string problem, params string[] arguments) =>
        (await CliProcess.RunAsync(["completion", .. arguments])).Exits(2).Says(problem);

    [Theory]
    [InlineData("zoetrope ru", "run")]
    [InlineData("zoetrope run kling-o3-pro-image-to-video --input durat", "duration=")]
    [InlineData("zoetrope run kling-o3-pro-image-to-video --input duration=1", "10 11 12 13 14 15")]
    [InlineData("zoetrope run fal:fal-ai/kling", "fal-ai/kling-video/o3/pro/image-to-video")]
    [InlineData("zoetrope models --sort pri", "price")]
    public async Task In_bash(string line, string expected)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash here.");

        // As readline does it: words are broken at COMP_WORDBREAKS.
        var output = await RunAsync("/bin/bash", "--norc", "-c", $$"""
            compopt() { nospace=1; }
            source <(zoetrope completion bash)
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_TYPE=9 COMP_KEY=9
            _zoetrope zoetrope
            echo "${COMPREPLY[*]}"
            complete -p zoetrope >&2
            """);

        Assert.Equal(expected + "\n", output);
    }

    [Theory]
    [InlineData("zoetrope ru\t", "zoetrope run ")]
    [InlineData("zoetrope run kling-o3-pro-image-to-video --input durat\t", "--input duration=")]
    [InlineData("zoetrope run kling-o3-pro-image-to-video --input gen\tt\t", "--input generate_audio=true ")]
    public async Task Keys_in_bash_on_a_terminal(string keys, string shown)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash here.");

        Assert.Contains(shown, await TypeAsync("/bin/bash --norc --noprofile -i", "source <(zoetrope completion bash)", keys), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zoetrope ru\t", "run ")]
    [InlineData("zoetrope run kling-o3-pro-image-to-video --input gen\tt\t", "generate_audio=true ")]
    public async Task Keys_in_zsh_on_a_terminal(string keys, string shown)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/zsh"), "There is no zsh here.");

        // Each key repaints what it changes: what is left is asked for with the line itself.
        var output = await TypeAsync("/usr/bin/zsh -f -i", "autoload -U compinit; compinit -D -u; source <(zoetrope completion zsh)", keys, echo: true);

        Assert.Contains(shown.TrimEnd(), output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zoetrope ru", "run\tSubmits a job")]
    [InlineData("zoetrope run kling-o3-pro-image-to-video --input generate_audio=t", "generate_audio=true\t")]
    [InlineData("zoetrope resume no-such", "")]
    public async Task In_fish(string line, string shown)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/fish"), "There is no fish here.");

        var output = await RunAsync("/usr/bin/fish", "--no-config", "-c", $"zoetrope completion fish | source; complete --do-complete '{line}'");

        Assert.StartsWith(shown, output, StringComparison.Ordinal);
        Assert.Equal(shown.Length == 0, output.Length == 0);
    }

    [Theory]
    [InlineData("zoetrope resu", "resume|Waits for a job that was submitted earlier and prints its re…")]
    [InlineData("zoetrope run kling-o3-pro-image-to-video --input generate_audio=t", "generate_audio=true|Whether to generate native audio for the video.")]
    [InlineData("zoetrope completion ", "bash|bash", "fish|fish", "powershell|powershell", "zsh|zsh")]
    [InlineData("zoetrope run fal:fal-ai/kling-video/o3/pro/im", "fal:fal-ai/kling-video/o3/pro/image-to-video|Kling O3 Image to Video [Pro]")]
    public async Task In_PowerShell(string line, params string[] expected)
    {
        var shell = PowerShell();
        Assert.SkipUnless(shell is not null, "There is no PowerShell here.");

        var output = await RunAsync(shell, "-NoProfile", "-NonInteractive", "-Command", $$"""
            zoetrope completion powershell | Out-String | Invoke-Expression
            $line = '{{line}}'
            (TabExpansion2 $line $line.Length).CompletionMatches | ForEach-Object { $_.CompletionText + '|' + $_.ToolTip }
            """);

        Assert.Equal(expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(word => word.TrimEnd('\r')));
    }

    /// <summary>PowerShell, as a package of the system or as a tool of .NET has installed it; null where it is not.</summary>
    private static string? PowerShell() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools"))
            .Select(folder => Path.Combine(folder, "pwsh")).FirstOrDefault(File.Exists);

    /// <summary>Runs a shell that finds the command by its name.</summary>
    private static async Task<string> RunAsync(string shell, params string[] arguments)
    {
        using var bin = new TemporaryFolder();
        using var process = Process.Start(StartOf(bin, shell, arguments))!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }

    /// <summary>Types keys into an interactive shell on a terminal, and gives what is shown.</summary>
    private static async Task<string> TypeAsync(string shell, string setup, string keys, bool echo = false)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no `script` here to make a terminal with.");
        using var bin = new TemporaryFolder();
        var start = StartOf(bin, "script", ["--quiet", "--flush", "--command", $"stty cols 200; exec {shell}", "/dev/null"]);
        using var process = Process.Start(start)!;
        var shown = new TerminalText(process.StandardOutput);
        await process.StandardInput.WriteAsync($"PS1='> '; {setup}; echo re''ady\n");
        await shown.UntilAsync("ready");
        // A tab is typed when what came before has been shown.
        var parts = keys.Split('\t');
        foreach (var part in parts[..^1])
        {
            await process.StandardInput.WriteAsync(part);
            await shown.UntilAsync(part[^1].ToString());
            await process.StandardInput.WriteAsync("\t");
            await shown.QuietAsync();
        }
        // What is in the line is printed instead of run.
        await process.StandardInput.WriteAsync(echo ? "\u0001echo \n" : "\u0001: \n");
        await process.StandardInput.WriteAsync("exit\n");
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return await shown.AllAsync();
    }

    private static ProcessStartInfo StartOf(TemporaryFolder bin, string file, string[] arguments)
    {
        var command = Path.Combine(bin.Path, "zoetrope");
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        File.WriteAllText(command, $"#!/bin/sh\nexec '{host}' exec '{Path.Combine(CliProcess.Folder, "Zoetrope.Cli.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = bin.Path,
        };
        start.Environment["PATH"] = $"{bin.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["XDG_CACHE_HOME"] = bin.Path;
        start.Environment["HOME"] = bin.Path;
        start.Environment["TERM"] = "xterm";
        return start;
    }
}
