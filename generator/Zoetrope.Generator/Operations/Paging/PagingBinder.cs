using System.Text.RegularExpressions;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Paging;

/// <summary>
/// Recognizes operations that respond page by page, where the document leaves no doubt: the response gives what a parameter of the query takes, or a URL, or
/// counts. Where two readings are as good, there is none.
/// </summary>
/// <param name="operation">The operation.</param>
/// <param name="page">The type of its response.</param>
/// <param name="schema">What the document says of the response, resolved.</param>
/// <param name="isKey">Whether a parameter carries the key.</param>
/// <param name="resolve">Follows the references of a schema.</param>
internal sealed class PagingBinder(
    OperationDescription operation, BoundObject page, Schema schema, Func<OperationParameter, bool> isKey, Func<Schema, Schema> resolve)
{
    private static readonly Regex _url = new(@"\b(URL|URI|link)s?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex _noUrl = new(@"\b(cursor|token|URL[ -]?(safe|encoded))\b", _url.Options, TimeSpan.FromSeconds(1));

    private static readonly Regex _ofPages = new(@"\bpages\b|\bpage (number|index)\b", _url.Options, TimeSpan.FromSeconds(1));

    private readonly List<BoundProperty> _lists = page.Properties.Where(property => property.Type.Kind == TypeKind.List).ToList();
    private readonly BoundProperty? _more = page.Properties.FirstOrDefault(one => one.Type.Kind == TypeKind.Boolean && PagingWords.IsMore(one.JsonName));
    private readonly List<OperationParameter> _parameters =
        operation.Parameters.Where(one => one.Location == ParameterLocation.Query && !isKey(one)).ToList();

    /// <summary>How the pages follow each other; null where that is not certain.</summary>
    public BoundPaging? Find()
    {
        if (!Reads || _lists.Count == 0)
            return null;
        var items = _lists.Count == 1 && !PagingWords.IsBeside(_lists[0].JsonName) && !page.Properties.Any(MayHoldItems) ? _lists[0] : null;
        var paging = ByCursor() ?? ByUrl() ?? (items is not null ? ByOffset() ?? ByNumber() : null);
        return paging is null ? null : paging with { Items = items, HasMore = _more };
    }

    /// <summary>Whether a call for each page makes nothing: of a POST its name or its path says so.</summary>
    private bool Reads => operation.Method switch
    {
        "GET" or "QUERY" => true,
        "POST" => !operation.Responses.Any(response => response.Status is "201" or "202")
            && (PagingWords.IsReading(operation.Id ?? "") || PagingWords.IsReading(operation.Path.Split('/').Last())),
        _ => false,
    };

    /// <summary>Whether a member that is not a list can have the items of the page: those of a map, or a list in an object.</summary>
    private bool MayHoldItems(BoundProperty member) => member.Type.Kind is TypeKind.Map or TypeKind.Union
        || (member.Type.Kind == TypeKind.Object && SchemaOf(member) is { } value
            && resolve(value).Properties.Any(inner => (resolve(inner.Schema).Types & SchemaTypes.Array) != 0));

    private BoundPaging? ByCursor()
    {
        var pairs = new List<(int Rank, BoundProperty Next, OperationParameter Parameter)>();
        foreach (var member in page.Properties.Where(one => one.Type.Kind is TypeKind.String or TypeKind.Integer && !IsUrl(one)))
        {
            var type = member.Type.Kind == TypeKind.String ? SchemaTypes.String : SchemaTypes.Integer;
            foreach (var parameter in _parameters.Where(one => CanTake(one, type)))
            {
                var rank = PagingWords.Rank(member.JsonName, parameter.Name, _more is not null);
                if (rank > 0)
                    pairs.Add((rank, member, parameter));
            }
        }
        // Of several only one that is spelled alike is certain.
        var best = pairs.Count > 1 ? pairs.FindAll(pair => pair.Rank == 1) : pairs;
        return best.Count == 1 ? new() { Kind = PagingKind.Cursor, Parameter = best[0].Parameter.Name, Next = best[0].Next } : null;
    }

    private BoundPaging? ByUrl()
    {
        var urls = page.Properties.Where(one => one.Type.Kind == TypeKind.String && PagingWords.CanBeUrl(one.JsonName) && IsUrl(one)).ToList();
        return operation.Method == "GET" && urls.Count == 1 ? new() { Kind = PagingKind.Url, Next = urls[0] } : null;
    }

    private BoundPaging? ByOffset()
    {
        var offsets = _parameters.FindAll(one => PagingWords.IsOffset(one.Name) && CanTake(one, SchemaTypes.Integer));
        var total = Count(PagingWords.IsItemCount);
        if (offsets.Count != 1 || (_more is null && total is null) || !_parameters.Exists(one => PagingWords.IsSize(one.Name)))
            return null;
        // One that counts pages has another name than it means.
        if (FirstOf(offsets[0], orElse: 0) is not { } first || _ofPages.IsMatch(DescriptionOf(offsets[0].Schema) ?? ""))
            return null;
        // A count that can be less than all is not where the items end.
        var isCapped = page.Properties.Any(one => one.Type.Kind == TypeKind.Boolean && PagingWords.Of(one.JsonName).Contains("total"));
        return new() { Kind = PagingKind.Offset, Parameter = offsets[0].Name, First = first, Total = isCapped ? null : total };
    }

    private BoundPaging? ByNumber()
    {
        var numbers = _parameters.FindAll(one => PagingWords.IsNumber(one.Name) && CanTake(one, SchemaTypes.Integer));
        if (numbers.Count != 1 || FirstOf(numbers[0], orElse: null) is not { } first)
            return null;
        var total = Count(name => PagingWords.IsPageCount(name, first));
        return _more is null && total is null ? null : new() { Kind = PagingKind.Number, Parameter = numbers[0].Name, First = first, Total = total };
    }

    /// <summary>What a parameter counts from, by its default or its minimum: 0 or 1; null where it is something else.</summary>
    private long? FirstOf(OperationParameter parameter, long? orElse)
    {
        var value = resolve(parameter.Schema);
        var least = value is { ExclusiveMinimum: true, Minimum: "0" } ? "1" : value.Minimum;
        return (parameter.Schema.Default?.Text ?? value.Default?.Text ?? least) switch { "0" => 0, "1" => 1, null => orElse, _ => null };
    }

    private BoundProperty? Count(Func<string, bool> isCount)
    {
        var counts = page.Properties.Where(one => one.Type.Kind == TypeKind.Integer && isCount(one.JsonName)).ToList();
        return counts.Count == 1 ? counts[0] : null;
    }

    /// <summary>Whether a parameter is a plain value that a caller may leave out, and that counts at any time.</summary>
    private bool CanTake(OperationParameter parameter, SchemaTypes type)
    {
        var value = resolve(parameter.Schema);
        var isPlain = parameter is { Required: false, Style: ParameterStyle.Form } && value is { Enum.Count: 0, AnyOf.Count: 0 };
        return isPlain && value.NonNullTypes == type && !IsConditional(DescriptionOf(parameter.Schema));
    }

    /// <summary>Whether a parameter is used in some requests only, as its description says.</summary>
    private static bool IsConditional(string? description) =>
        description is not null
        && (Contains(description, "only used") || Contains(description, "only when") || Contains(description, "only if") || Contains(description, "ignored"));

    /// <summary>Whether the document says that a member is a URL: by its format, its name or its description.</summary>
    private bool IsUrl(BoundProperty member)
    {
        if (PagingWords.IsUrl(member.JsonName))
            return true;
        if (SchemaOf(member) is not { } declared)
            return false;
        if (resolve(declared).Format is "uri" or "url" or "uri-reference")
            return true;
        return PagingWords.CanBeUrl(member.JsonName)
            && DescriptionOf(declared) is { } description && _url.IsMatch(description) && !_noUrl.IsMatch(description);
    }

    private Schema? SchemaOf(BoundProperty member) => schema.Properties.FirstOrDefault(one => one.Name == member.JsonName)?.Schema;

    private string? DescriptionOf(Schema declared) => declared.Description ?? resolve(declared).Description;

    private static bool Contains(string text, string words) => text.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;
}
