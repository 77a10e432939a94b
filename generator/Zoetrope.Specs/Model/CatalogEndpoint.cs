namespace Zoetrope.Specs.Model;

/// <summary>One provider's endpoint for a model of the catalog.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Id">The endpoint's id there.</param>
public sealed record CatalogEndpoint(string Provider, string Id)
{
    /// <summary>How parameters are sent that are not sent as they are.</summary>
    public EquatableArray<CatalogParameter> Parameters { get; init; }

    /// <summary>Values that are always sent, by their location in the request.</summary>
    public EquatableArray<CatalogValue> Constants { get; init; }

    /// <summary>Where members of the neutral result are in the provider's, by their names.</summary>
    public EquatableArray<NamedText> Result { get; init; }

    /// <summary>The published price; null where none is known.</summary>
    public CatalogPrice? Price { get; init; }
}

/// <summary>How a neutral parameter is sent to one provider.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Targets">
/// The locations in the provider's request; of several, each gets one item of the list. None where the provider does not support the parameter.
/// </param>
public sealed record CatalogParameter(string Name, EquatableArray<string> Targets)
{
    /// <summary>The provider's values by neutral values; none where values are sent as they are.</summary>
    public EquatableArray<CatalogValue> Values { get; init; }

    /// <summary>The text to send, with <c>{value}</c> in it; null where the value alone is sent.</summary>
    public string? Format { get; init; }

    /// <summary>Values that are sent with the parameter, by their location in the request.</summary>
    public EquatableArray<CatalogValue> With { get; init; }

    /// <summary>What is sent when the parameter is not given; null where nothing is.</summary>
    public JsonLiteral? Default { get; init; }

    /// <summary>Whether the provider supports a part of the values only; the others rule it out.</summary>
    public bool IsPartial { get; init; }
}

/// <summary>A value with its name: a neutral value, or a location in a request.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public sealed record CatalogValue(string Name, JsonLiteral Value);

/// <summary>A published price.</summary>
/// <param name="Amount">The amount, in the document's spelling.</param>
/// <param name="Currency">The currency, such as <c>USD</c>.</param>
/// <param name="Per">What one amount pays for: <c>job</c>, <c>image</c> or <c>second</c>.</param>
/// <param name="Quantity">The parameter with the number of these; null where it is always one, or is not known.</param>
public sealed record CatalogPrice(string Amount, string Currency, string Per, string? Quantity);
