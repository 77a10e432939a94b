using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Zoetrope.Cli.Input;
using Zoetrope.Cli.Models;
using Zoetrope.Costs;

namespace Zoetrope.Cli.Commands;

/// <summary>The options that several commands have.</summary>
internal static class Options
{
    // What a ledger counts.
    private const decimal MostDollars = 1_000_000;

    private static readonly Dictionary<Symbol, string[]> _values = [];

    /// <summary><c>--json</c> of a command whose output is JSON in any case.</summary>
    public static Option<bool> JsonErrors() => new("--json")
    {
        Description = "Report errors as JSON too: one object in the last line of stderr. The output is JSON in any case.",
    };

    /// <summary><c>--base-url URL</c>.</summary>
    public static Option<Uri?> BaseUrl() => new("--base-url")
    {
        Description = "The server to use instead of the provider's own, such as the address that `zoetrope simulate` prints. The key is sent to it. "
            + "Default: the environment variable of the provider, such as FAL_BASE_URL.",
        HelpName = "URL",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
                return url;
            result.AddError($"--base-url: must be an http or https URL, but is '{text}'");
            return null;
        },
    };

    /// <summary><c>--timeout T</c>.</summary>
    public static Option<TimeSpan?> Timeout() => new("--timeout")
    {
        Description = "How long to wait for the result: 30 or 30s, 5m, 1h; at most 720h. Default: 30m. After that the job is left running (exit code 4).",
        HelpName = "T",
        CustomParser = result =>
        {
            if (Duration.Read(result.Tokens[^1].Value, mayBeZero: false, out var timeout) is not { } problem)
                return timeout;
            result.AddError($"--timeout: {problem}");
            return null;
        },
    };

    /// <summary><c>--output FILE</c>.</summary>
    public static Option<string?> Output() => new("--output", "-o")
    {
        Description = "Where to save the files of the result: a file, whose extension may be omitted, or an existing folder. "
            + "Several files are suffixed with -1, -2, ... Nothing is overwritten: an existing file is an error, and names that the result chooses are "
            + "suffixed with a number if they are taken.",
        HelpName = "FILE",
    };

    /// <summary><c>--cancel-on-interrupt</c>.</summary>
    public static Option<bool> CancelOnInterrupt() => new("--cancel-on-interrupt")
    {
        Description = "Cancel the job on Ctrl+C or another signal to stop, instead of leaving it running.",
    };

    /// <summary><c>--open</c>.</summary>
    public static Option<bool> Open() => new("--open")
    {
        Description = "Open the first file of the result with the program that the system has for it; without --output its https URL.",
    };

    /// <summary><c>--preview</c>.</summary>
    public static Option<bool> Preview() => new("--preview")
    {
        Description = "With --output: show the saved images in the terminal: PNG, JPEG and GIF in iTerm2 and WezTerm, PNG in kitty and Ghostty.",
    };

    /// <summary><c>--provider NAME</c>.</summary>
    public static Option<string?> ProviderName(string description)
    {
        var names = Provider.All.Select(provider => provider.Name).ToArray();
        var option = new Option<string?>("--provider") { Description = $"{description} One of {string.Join(", ", names)}.", HelpName = "PROVIDER" };
        SetValues(option, names);
        option.Validators.Add(result => RequireProvider(result, result.GetValueOrDefault<string>()));
        return option;
    }

    /// <summary>Sets the only values that an option can have, which completion and help name.</summary>
    public static void SetValues(Option option, params string[] values) => SetValues(option, option.CompletionSources, values);

    /// <summary>The same of an argument.</summary>
    public static void SetValues(Argument argument, params string[] values) => SetValues(argument, argument.CompletionSources, values);

    /// <summary>The only values that an option or argument can have; empty where it can have others.</summary>
    public static IReadOnlyList<string> ValuesOf(Symbol symbol) => _values.GetValueOrDefault(symbol) ?? [];

    private static void SetValues(Symbol symbol, List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources, string[] values)
    {
        _values[symbol] = values;
        // Those of an enum are its C# names otherwise.
        sources.Clear();
        sources.Add(values);
    }

    /// <summary>Refuses what is not the name of a provider.</summary>
    public static void RequireProvider(OptionResult result, string? name)
    {
        if (name is not null && Provider.Find(name) is null)
            result.AddError($"{result.Option.Name}: must be one of {string.Join(", ", Provider.All.Select(provider => provider.Name))}, but is '{name}'");
    }

    /// <summary>Refuses what is not a port; 0 stands for a free one.</summary>
    public static void RequirePort(OptionResult result)
    {
        if (result.GetValueOrDefault<int>() is < 0 or > 65535)
            result.AddError($"{result.Option.Name}: must be from 0 to 65535");
    }

    /// <summary>An amount in US dollars.</summary>
    public static Option<decimal?> Dollars(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "AMOUNT",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            var problem = CostText.Read(text, out var amount);
            if (problem is null && amount is { Unit: CostAmount.Usd, Value: <= MostDollars })
                return amount.Value;
            problem ??= amount.Unit == CostAmount.Usd ? "must be at most 1000000" : $"must be in US dollars, such as 0.50, but is '{text}'";
            result.AddError($"{name}: {problem}");
            return null;
        },
    };
}
