using System.CommandLine;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope completion SHELL</c>: prints the script by which a shell completes command lines.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> _scripts = new()
    {
        ["bash"] = "bash.sh",
        ["zsh"] = "zsh.sh",
        ["fish"] = "fish.fish",
        ["powershell"] = "powershell.ps1",
    };

    private static readonly Argument<string> Shell = new("SHELL")
    {
        Description = $"One of {string.Join(", ", _scripts.Keys)}.",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("completion", "Prints the script that completes command lines of zoetrope in a shell: commands, options, models and the "
            + "inputs of a model. Its first lines say where it belongs.")
        {
            Shell,
        };
        Options.SetValues(Shell, [.. _scripts.Keys]);
        command.SetAction((parsed, _) => Session.RunAsync(_ => Task.FromResult(Run(parsed.GetRequiredValue(Shell)))));
        return command;
    }

    private static int Run(string shell)
    {
        if (!_scripts.TryGetValue(shell, out var file))
            throw new UsageException($"SHELL: must be one of {string.Join(", ", _scripts.Keys)}, but is '{shell}'");
        using var stream = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion/{file}")!;
        using var reader = new StreamReader(stream);
        Console.Out.Write(reader.ReadToEnd());
        return ExitCode.Done;
    }
}
