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
/// <param name="resolve">Follows the references of a schema.</param>
internal sealed class PagingBinder(OperationDescription operation, BoundObject page, Schema schema, Func<Schema, Schema> resolve)
{
    private readonly List<BoundProperty> _lists = page.Properties.Where(property => property.Type.Kind == TypeKind.List).ToList();
    private readonly BoundProperty? _more = page.Properties.FirstOrDefault(one => one.Type.Kind == TypeKind.Boolean && PagingWords.IsMore(one.JsonName));
    private readonly List<OperationParameter> _parameters = operation.Parameters.Where(one => one.Location == ParameterLocation.Query).ToList();

    /// <summary>How the pages follow each other; null where that is not certain.</summary>
    public BoundPaging? Find()
    {
        if (operation.Method is not ("GET" or "POST") || _lists.Count == 0)
            return null;
        var paging = ByCursor() ?? ByUrl() ?? (_lists.Count == 1 ? ByOffset() ?? ByNumber() : null);
        return paging is null ? null : paging with { Items = _lists.Count == 1 ? _lists[0] : null, HasMore = _more };
    }

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
        if (pairs.Count == 0)
            return null;
        var best = pairs.FindAll(pair => pair.Rank == pairs.Min(one => one.Rank));
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
        // A count that can be less than all is not where the items end.
        var isCapped = page.Properties.Any(one => one.Type.Kind == TypeKind.Boolean && PagingWords.Of(one.JsonName).Contains("total"));
        return new() { Kind = PagingKind.Offset, Parameter = offsets[0].Name, Total = isCapped ? null : total };
    }

    private BoundPaging? ByNumber()
    {
        var numbers = _parameters.FindAll(one => PagingWords.IsNumber(one.Name) && CanTake(one, SchemaTypes.Integer));
        var total = Count(PagingWords.IsPageCount);
        if (numbers.Count != 1 || (_more is null && total is null))
            return null;
        var number = resolve(numbers[0].Schema);
        var first = numbers[0].Schema.Default?.Text ?? number.Default?.Text ?? number.Minimum;
        return first is "0" or "1" ? new() { Kind = PagingKind.Number, Parameter = numbers[0].Name, First = first == "1" ? 1 : 0, Total = total } : null;
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
        return isPlain && (value.Types & ~SchemaTypes.Null) == type && !IsConditional(parameter.Schema.Description ?? value.Description);
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
        var declared = schema.Properties.FirstOrDefault(one => one.Name == member.JsonName)?.Schema;
        var value = declared is null ? null : resolve(declared);
        var description = declared?.Description ?? value?.Description;
        return value?.Format is "uri" or "url" or "uri-reference" || (description is not null && Contains(description, "URL"));
    }

    private static bool Contains(string text, string words) => text.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;
}
