using System.Globalization;
using System.Text.Json;
using Zoetrope.Cli.Vendoring.Sources;

namespace Zoetrope.Cli.Listings;

/// <summary>The public listing of a provider's models: where it is, and how its pages are read. It needs no key.</summary>
internal sealed class ListingSource
{
    // Beyond it, an id is not one.
    private const int LongestId = 300;
    private const int LongestText = 2000;
    private const int PageSize = 100;

    private readonly Uri _first;
    private readonly Func<Uri, ListingPage, Uri?> _next;

    private ListingSource(string provider, string first, Func<Uri, ListingPage, Uri?> next, Uri? server, string pathAtServer)
    {
        Provider = provider;
        Server = server;
        var own = new Uri(first);
        _first = server is null ? own : ServerOverride.Apply(new Uri(own, pathAtServer + own.PathAndQuery), server);
        _next = next;
    }

    /// <summary>The provider.</summary>
    public string Provider { get; }

    /// <summary>The server that is asked instead of the provider's own; null for that one.</summary>
    public Uri? Server { get; }

    /// <summary>The address of the first page.</summary>
    public Uri First => _first;

    /// <summary>The listings that there are.</summary>
    /// <param name="server">The server to ask instead of the providers' own: a mirror, or a simulator.</param>
    public static IReadOnlyList<ListingSource> Of(Uri? server) =>
    [
        // The simulator has fal's hosts as folders of its own.
        new("fal", $"https://api.fal.ai/v1/models?limit={PageSize}", NextOfCursor, server, "/platform"),
        new("eachlabs", $"https://api.eachlabs.ai/v1/models?limit={PageSize}&offset=0", NextOfOffset, server, ""),
    ];

    /// <summary>The page that follows; null after the last one.</summary>
    public Uri? Next(Uri url, ListingPage page) => _next(url, page);

    /// <summary>Reads a page.</summary>
    /// <exception cref="JsonException">It is not a listing.</exception>
    public static ListingPage Read(ReadOnlySpan<byte> json)
    {
        var models = new List<ListedModel>();
        string? cursor = null;
        var count = 0;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
            ReadModels(ref reader, models, ref count);
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            var hasModels = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isModels = reader.ValueTextEquals("models"u8);
                var isCursor = reader.ValueTextEquals("next_cursor"u8);
                reader.Read();
                if (isModels && reader.TokenType == JsonTokenType.StartArray)
                {
                    hasModels = true;
                    ReadModels(ref reader, models, ref count);
                }
                else if (isCursor && reader.TokenType == JsonTokenType.String)
                    cursor = TextOf(ref reader);
                else
                    reader.Skip();
            }
            if (!hasModels)
                throw new JsonException("it has no models");
        }
        else
            throw new JsonException("it is not a listing");
        return new ListingPage(models, count, cursor);
    }

    private static void ReadModels(ref Utf8JsonReader reader, List<ListedModel> models, ref int count)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            count++;
            if (reader.TokenType != JsonTokenType.StartObject)
                reader.Skip();
            else if (ReadModel(ref reader) is { } model)
                models.Add(model);
        }
    }

    /// <summary>Reads a model of either provider; null where it has no id that could be typed.</summary>
    private static ListedModel? ReadModel(ref Utf8JsonReader reader)
    {
        var model = new ListedModel("");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            model = ReadMember(ref reader, model);
        return model.Id.Length is > 0 and <= LongestId && !model.Id.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)) ? model : null;
    }

    private static ListedModel ReadMember(ref Utf8JsonReader reader, ListedModel model)
    {
        if (reader.ValueTextEquals("metadata"u8))
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                return model;
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                model = ReadMember(ref reader, model);
            return model;
        }
        if (reader.ValueTextEquals("endpoint_id"u8) || reader.ValueTextEquals("slug"u8))
            return ReadText(ref reader) is { } id ? model with { Id = id } : model;
        if (reader.ValueTextEquals("display_name"u8) || reader.ValueTextEquals("title"u8))
            return model with { Title = ReadText(ref reader) };
        if (reader.ValueTextEquals("category"u8) || reader.ValueTextEquals("output_type"u8))
            return model with { Category = ReadText(ref reader) };
        if (reader.ValueTextEquals("description"u8))
            return model with { Description = ReadText(ref reader) };
        if (reader.ValueTextEquals("status"u8))
            return model with { Status = ReadText(ref reader) };
        var isTime = reader.ValueTextEquals("duration_estimate"u8);
        reader.Read();
        if (isTime && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var seconds) && seconds > 0 && double.IsFinite(seconds))
            return model with { Seconds = seconds };
        reader.Skip();
        return model;
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return TextOf(ref reader) is { Length: > 0 } text ? text : null;
        reader.Skip();
        return null;
    }

    /// <summary>A text of limited length; null where it is not valid Unicode.</summary>
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            var text = reader.GetString()!;
            var end = text.Length <= LongestText ? text.Length : char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText;
            return text[..end];
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Uri? NextOfCursor(Uri url, ListingPage page) =>
        page.Cursor is { Length: > 0 } cursor ? With(url, $"limit={PageSize}&cursor={Uri.EscapeDataString(cursor)}") : null;

    private static Uri? NextOfOffset(Uri url, ListingPage page)
    {
        const string Name = "offset=";
        var offset = long.Parse(url.Query[(url.Query.IndexOf(Name, StringComparison.Ordinal) + Name.Length)..], CultureInfo.InvariantCulture);
        return page.Count < PageSize ? null : With(url, string.Create(CultureInfo.InvariantCulture, $"limit={PageSize}&offset={offset + page.Count}"));
    }

    private static Uri With(Uri url, string query) => new($"{url.GetLeftPart(UriPartial.Path)}?{query}");
}
