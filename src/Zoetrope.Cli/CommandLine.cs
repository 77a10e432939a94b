using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Zoetrope.Cli.Commands;
using Zoetrope.Cli.Completion;
using Zoetrope.Cli.Help;
using Zoetrope.Cli.Input;

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
        var root = new Command(Name, "Runs generative-media models at fal, Eachlabs and ten other providers: submit, watch, resume, save.")
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
            CompletionCommand.Create(),
        };
        if (args is [CompletionRun.Name, .. var completed])
            return CompletionRun.Run(root, completed);
        // A prompt may begin with '@': it is not a response file.
        var configuration = new ParserConfiguration { ResponseFileTokenReplacer = null };
        var parsed = root.Parse(args, configuration);
        ErrorOutput.Choose(parsed);
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parsed.Errors.Count > 0)
        {
            // Who types the bare name asks what there is.
            if (args.Length == 0)
                parsed = root.Parse(["--help"], configuration);
            else if (parsed.UnmatchedTokens is [var unknown, ..])
                return await RefuseUsageAsync(parsed, [UnknownCommand(command, unknown)]);
        }
        if (parsed.Errors.Count > 0)
            return await RefuseUsageAsync(parsed, parsed.Errors.Select(error => error.Message));
        // Signals are the commands' own business: an interrupted submit must still report its handle.
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception exception) when (exception is IOException or UsageException)
        {
            // Help and version are printed outside of any session.
            await using var session = Session.Create();
            return Failure.Report(exception, session);
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

    private static async Task<int> RefuseUsageAsync(ParseResult parsed, IEnumerable<string> problems)
    {
        var name = "";
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
            name = $"{result.Command.Name} {name}";
        await using var session = Session.Create();
        return Failure.Report(new UsageException([.. problems], [$"See `{name}--help`."]), session);
    }
}
