using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.Json;
using Zoetrope.Catalog;
using Zoetrope.Cli.Listings;
using Zoetrope.Cli.Models;
using Zoetrope.Json;
using Zoetrope.Models;

namespace Zoetrope.Cli.Completion;

/// <summary>The names of models, and the inputs of one.</summary>
internal static class ModelCompletions
{
    /// <summary>Completes an argument or option that names a model.</summary>
    /// <param name="sources">Its sources.</param>
    /// <param name="provider">The option that names the provider.</param>
    public static void AddModels(List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources, Option<string?> provider)
    {
        sources.Clear();
        sources.Add(context => ModelsOf(TextOf(context.ParseResult, provider)));
    }

    /// <summary>Completes an option whose values are <c>NAME=VALUE</c>, by the inputs of the model that the command line names.</summary>
    /// <param name="option">The option.</param>
    /// <param name="model">What names the model.</param>
    /// <param name="provider">The option that names the provider.</param>
    /// <param name="hasValues">Whether values are completed too, and not only names.</param>
    public static void AddInputs(Option<string[]> option, Symbol model, Option<string?> provider, bool hasValues)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(context => InputsOf(context.ParseResult, option, model, provider, hasValues));
    }

    private static IEnumerable<CompletionItem> ModelsOf(string? provider)
    {
        foreach (var neutral in NeutralIndex.All)
        {
            if (provider is null || neutral.Providers.Contains(provider))
                yield return new(neutral.Name, documentation: string.Join(", ", neutral.Providers));
        }
        var known = new HashSet<(string, string)>();
        foreach (var info in Provider.All.SelectMany(one => one.Endpoints))
        {
            known.Add((info.Endpoint.Provider, info.Endpoint.Id));
            if (provider is null || provider == info.Endpoint.Provider)
                yield return new(info.Endpoint.Id, documentation: info.Title);
            if (provider is null)
                yield return new($"{info.Endpoint.Provider}:{info.Endpoint.Id}", documentation: info.Title);
        }
        // Of a model that this build has no document of, the provider must be named.
        foreach (var source in ListingSource.Of(null).Where(source => provider is null || provider == source.Provider))
        {
            var items = new List<CompletionItem>();
            _ = new ListingCache(source).TryRead(model =>
            {
                if (!known.Contains((source.Provider, model.Id)))
                    items.Add(new(provider is null ? $"{source.Provider}:{model.Id}" : model.Id, documentation: model.Title));
            });
            foreach (var item in items)
                yield return item;
        }
    }

    private static IEnumerable<CompletionItem> InputsOf(ParseResult parsed, Option<string[]> option, Symbol model, Option<string?> provider, bool hasValues)
    {
        if (ParametersOf(TextOf(parsed, model), TextOf(parsed, provider)) is not { } parameters)
            yield break;
        // The last one is that which is completed.
        var given = (parsed.GetResult(option)?.Tokens.SkipLast(1) ?? []).Select(token => token.Value.Split('=')[0]).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in parameters.Where(parameter => !given.Contains(parameter.Name)))
        {
            yield return new($"{parameter.Name}=", documentation: parameter.Description);
            foreach (var value in hasValues ? ValuesOf(parameter) : [])
                yield return new($"{parameter.Name}={value}", documentation: parameter.Description);
        }
    }

    private static IEnumerable<string> ValuesOf(ParameterInfo parameter)
    {
        if (parameter.Values is { } values)
            return values;
        if (parameter.Type == "boolean")
            return ["true", "false"];
        return parameter.Default is { } text && RawJson.Parse(text) is { Kind: JsonValueKind.String or JsonValueKind.Number } value
            ? [value.AsString() ?? text]
            : [];
    }

    private static IReadOnlyList<ParameterInfo>? ParametersOf(string? model, string? provider)
    {
        try
        {
            return model is null ? null : ModelTarget.Resolve(model, provider).Parameters;
        }
        catch (UsageException)
        {
            // There is no such model yet: it is still being typed, and the command itself reports it.
            return null;
        }
    }

    private static string? TextOf(ParseResult parsed, Symbol symbol) =>
        (symbol is Option option ? parsed.GetResult(option)?.Tokens : parsed.GetResult((Argument)symbol)?.Tokens) is [.., { Value: var text }] ? text : null;
}
