using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Zoetrope.Cli.Commands;
using Zoetrope.Cli.Input;
using Zoetrope.Cli.Output;

namespace Zoetrope.Cli;

/// <summary>The tree of commands, and what is the same for all of them.</summary>
internal static class CommandLine
{
    private const string Name = "zoetrope";

    /// <summary>Parses and runs; the result is the process's exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var help = new HelpOption();
        help.Action = new HelpWithNotes((HelpAction)help.Action!);
        var root = new Command(Name, "Runs generative-media models at fal.ai and Eachlabs: submit, watch, resume, save.")
        {
            help,
            new VersionOption(),
            RunCommand.Create(),
            BatchCommand.Create(),
            JobsCommand.Create(),
            ResumeCommand.Create(),
            CancelCommand.Create(),
            ModelsCommand.Create(),
            SimulateCommand.Create(),
            PlayCommand.Create(),
            SpecsCommand.Create(),
            McpCommand.Create(),
        };
        // A prompt may begin with '@': it is not a response file.
        var configuration = new ParserConfiguration { ResponseFileTokenReplacer = null };
        var parsed = root.Parse(args, configuration);
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parsed.Errors.Count > 0)
        {
            // Who types the bare name asks what there is.
            if (args.Length == 0)
                parsed = root.Parse(["--help"], configuration);
            else if (parsed.UnmatchedTokens is [var unknown, ..])
                return RefuseUsage(parsed, [UnknownCommand(command, unknown)]);
        }
        if (parsed.Errors.Count > 0)
            return RefuseUsage(parsed, parsed.Errors.Select(error => error.Message));
        // Signals are the commands' own business: an interrupted submit must still report its handle.
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (IOException exception)
        {
            // Help and version are printed outside of any session.
            Reporter.Create().Say(exception.Message);
            return ExitCode.Failed;
        }
    }

    private static string UnknownCommand(Command command, string unknown)
    {
        var near = NameSuggestions.Of(unknown, command.Subcommands.Select(known => known.Name));
        var path = command.Name == Name ? Name : $"{Name} {command.Name}";
        return near.Count == 0
            ? $"'{unknown}' is not a command of {path}."
            : $"'{unknown}' is not a command of {path}; did you mean {string.Join(" or ", near)}?";
    }

    private static int RefuseUsage(ParseResult parsed, IEnumerable<string> problems)
    {
        var reporter = Reporter.Create();
        foreach (var problem in problems)
            reporter.Say(problem);
        var name = "";
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
            name = $"{result.Command.Name} {name}";
        reporter.Say($"See `{name}--help`.");
        return ExitCode.Invalid;
    }
}
