using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;

namespace Zoetrope.Cli.Completion;

/// <summary>
/// What can be typed at the end of a command line, by the same commands, arguments and options that are parsed. It asks no server: models are those of this
/// build and of the cache.
/// </summary>
/// <param name="root">The tree of commands.</param>
internal sealed class Completions(Command root)
{
    /// <summary>The possible words, with what they mean where that is known.</summary>
    /// <param name="words">The words of the command line without the program; the last one is to be completed, and may be empty.</param>
    public IReadOnlyList<CompletionItem> Of(IReadOnlyList<string> words)
    {
        var current = words[^1];
        var (command, option, position, isOptions) = Locate(words);
        var context = root.Parse([.. words], new ParserConfiguration { ResponseFileTokenReplacer = null }).GetCompletionContext();
        var equals = isOptions && current.StartsWith("--", StringComparison.Ordinal) ? current.IndexOf('=', StringComparison.Ordinal) : -1;
        var items = option is not null ? ValuesOf(option, context)
            : equals > 0 ? ValuesOf(command, current[..equals], context)
            : isOptions && current.StartsWith('-') ? OptionsOf(command).Select(known => new CompletionItem(known.Name, documentation: known.Description))
            : WordsOf(command, position, context);
        // Of NAME=VALUE, the names come first.
        var typed = current[(equals + 1)..];
        var hasName = typed.Contains('=', StringComparison.Ordinal);
        return [.. items
            .Where(item => item.Label.StartsWith(current, StringComparison.Ordinal) && hasName == HasValue(item.Label, equals + 1))
            .DistinctBy(item => item.Label)];
    }

    private static bool HasValue(string label, int start) => label.IndexOf('=', start) is >= 0 and var at && at < label.Length - 1;

    /// <summary>What the words before the last one lead to: a command, an option that awaits its value, or the position of an argument.</summary>
    private (Command Command, Option? Option, int Position, bool IsOptions) Locate(IReadOnlyList<string> words)
    {
        var command = root;
        var position = 0;
        Option? awaiting = null;
        var isOptions = true;
        foreach (var word in words.Take(words.Count - 1))
        {
            if (awaiting is not null)
                awaiting = null;
            else if (isOptions && word == "--")
                isOptions = false;
            else if (isOptions && word.Length > 1 && word[0] == '-')
            {
                var option = command.Options.FirstOrDefault(known => known.Name == word || known.Aliases.Contains(word));
                awaiting = option is { Arity.MaximumNumberOfValues: > 0 } && option.ValueType != typeof(bool) ? option : null;
            }
            else if (position == 0 && command.Subcommands.FirstOrDefault(sub => sub.Name == word) is { } sub)
                command = sub;
            else
                position++;
        }
        return (command, awaiting, position, isOptions);
    }

    private static IEnumerable<CompletionItem> WordsOf(Command command, int position, CompletionContext context)
    {
        var last = command.Arguments.Count - 1;
        var argument = position <= last ? command.Arguments[position]
            : last >= 0 && command.Arguments[last].Arity.MaximumNumberOfValues > position - last ? command.Arguments[last]
            : null;
        var words = argument?.GetCompletions(context) ?? [];
        return position > 0
            ? words
            : command.Subcommands.Where(sub => !sub.Hidden).Select(sub => new CompletionItem(sub.Name, documentation: sub.Description)).Concat(words);
    }

    private static IEnumerable<CompletionItem> ValuesOf(Option option, CompletionContext context) =>
        option.ValueType == typeof(bool) ? [] : option.GetCompletions(context);

    private static IEnumerable<CompletionItem> ValuesOf(Command command, string name, CompletionContext context) =>
        command.Options.FirstOrDefault(known => known.Name == name) is { } option
            ? ValuesOf(option, context).Select(item => new CompletionItem($"{name}={item.Label}", documentation: item.Documentation))
            : [];

    // Help is an option of all commands, though it is declared at the root.
    private IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(root.Options.OfType<HelpOption>()).Where(option => !option.Hidden).Distinct();
}
