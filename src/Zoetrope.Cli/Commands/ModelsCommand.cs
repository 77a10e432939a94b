using System.CommandLine;
using System.Globalization;
using Zoetrope.Cli.Listings;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope models</c>: lists what can be run.</summary>
internal static class ModelsCommand
{
    private const int PageOfTerminal = 50;

    private static readonly Argument<string[]> Words = new("TEXT")
    {
        Description = "Only models with these words in their id, title, description or category.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> ProviderName = Options.ProviderName("Only the models of a provider.");

    private static readonly Option<string?> Category = new("--category")
    {
        Description = "Only the models of a category, such as image-to-video, or of a part of one, such as video.",
        HelpName = "TEXT",
    };

    private static readonly Option<string?> Sort = new("--sort")
    {
        Description = "What the models are ordered by. What is not known comes last; a price is compared by its first number.",
        HelpName = string.Join('|', ModelQuery.Orders),
    };

    private static readonly Option<int?> Page = Positive("--page", "The page to print; the first one by default.");

    private static readonly Option<int?> Limit = Positive(
        "--limit", $"The number of models on a page. By default all are printed, and with --all on a terminal {PageOfTerminal}.");

    private static readonly Option<bool> All = new("--all")
    {
        Description = "Also the models that fal and Eachlabs list, which `zoetrope run` can run with --provider. They are kept in a cache, and asked for again "
            + "after a day.",
    };

    private static readonly Option<bool> Refresh = new("--refresh")
    {
        Description = "With --all: ask the providers now what has changed.",
    };

    private static readonly Option<bool> Offline = new("--offline")
    {
        Description = "With --all: only what is in the cache.",
    };

    private static readonly Option<Uri?> Server = VendoringOptions.Server();

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print all details of the models as JSON.",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("models", "Lists models: those of this build, and with --all those that providers list. Without a terminal it is a line a "
            + "model: id, providers, category, parameters, price and usual seconds, separated by tabs.")
        {
            Words, ProviderName, Category, Sort, Page, Limit, All, Refresh, Offline, Server, Json,
        };
        Options.SetValues(Sort, ModelQuery.Orders);
        Sort.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } order && !ModelQuery.Orders.Contains(order))
                result.AddError($"--sort: must be one of {string.Join(", ", ModelQuery.Orders)}, but is '{order}'");
        });
        command.SetAction((parsed, _) => Session.RunAsync(session => RunAsync(session, parsed)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed)
    {
        var (listed, isWhole) = await ListedAsync(session, parsed);
        var build = ModelRow.OfBuild().ToList();
        var known = build.Where(row => row.Neutral is null).Select(row => (row.Providers[0], row.Name)).ToHashSet();
        var query = new ModelQuery(parsed.GetValue(Words) ?? [], parsed.GetValue(ProviderName), parsed.GetValue(Category), parsed.GetValue(Sort));
        var found = query.Select(build.Concat(listed.Where(row => !known.Contains((row.Providers[0], row.Name)))));
        var isText = !Console.IsOutputRedirected && !parsed.GetValue(Json);
        var limit = parsed.GetValue(Limit) ?? (parsed.GetValue(Page) is not null || (isText && parsed.GetValue(All)) ? PageOfTerminal : int.MaxValue);
        var page = new ModelPage(found, parsed.GetValue(Page) ?? 1, limit);
        if (page.Number > page.Pages)
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--page: there are {page.Pages} pages, but it is {page.Number}"));

        if (parsed.GetValue(Json))
            JsonOutput.Write(writer => ModelsJson.Write(writer, page));
        else if (isText)
            Console.Out.Write(ModelLines.Blocks(page.Rows, Console.WindowWidth));
        else
            Console.Out.Write(ModelLines.Rows(page.Rows));
        if (isText || page.Pages > 1)
            session.Reporter.WriteLine(page.ToString());
        return isWhole ? ExitCode.Done : session.End(ErrorCode.Failed, ExitCode.Failed, "A listing of models is missing.");
    }

    private static async Task<(IReadOnlyList<ModelRow> Rows, bool IsWhole)> ListedAsync(Session session, ParseResult parsed)
    {
        var (refresh, offline, server) = (parsed.GetValue(Refresh), parsed.GetValue(Offline), parsed.GetValue(Server));
        if (!parsed.GetValue(All))
        {
            var useless = refresh ? Refresh.Name : offline ? Offline.Name : server is not null ? Server.Name : null;
            return useless is null ? ([], true) : throw new UsageException($"{useless}: needs --all");
        }
        if (refresh && offline)
            throw new UsageException("--offline: cannot be used together with --refresh");
        var listings = new ModelListings(ListingSource.Of(server), session.Reporter.WriteLine);
        var isUpToDate = offline || await listings.UpdateAsync(refresh, session.Interruption.Asked);
        var (rows, isWhole) = await listings.ReadAsync(mayAsk: !offline && !refresh, session.Interruption.Asked);
        return (rows, isUpToDate && isWhole);
    }

    private static Option<int?> Positive(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
                return number;
            result.AddError($"{name}: must be a whole number of at least 1, but is '{text}'");
            return null;
        },
    };
}
