using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Zoetrope.Cli.Commands;
using Zoetrope.Cli.Output;

namespace Zoetrope.Cli;

/// <summary>The tree of commands, and what is the same for all of them.</summary>
internal static class CommandLine
{
    private const string Name = "zoetrope";

    /// <summary>Parses and runs; the result is the process's exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new Command(Name, "Runs generative-media models at fal.ai and Eachlabs: submit, watch, resume, save.")
        {
            new HelpOption(),
            new VersionOption(),
            RunCommand.Create(),
            ResumeCommand.Create(),
            CancelCommand.Create(),
            ModelsCommand.Create(),
            SimulateCommand.Create(),
            SpecsCommand.Create(),
        };
        // A prompt may begin with '@': it is no response file.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
            return RefuseUsage(parsed);
        // Signals are the commands' own business: an interrupted submit must still tell its handle.
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private static int RefuseUsage(ParseResult parsed)
    {
        var reporter = Reporter.Create();
        foreach (var error in parsed.Errors)
            reporter.Say(error.Message);
        var name = "";
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
            name = $"{result.Command.Name} {name}";
        reporter.Say($"See `{name}--help`.");
        return ExitCode.Invalid;
    }
}
