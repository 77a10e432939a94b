namespace Zoetrope.Routing;

/// <summary>What a price pays for.</summary>
public enum PriceUnit
{
    /// <summary>A job, whatever its input.</summary>
    Job,

    /// <summary>An image.</summary>
    Image,

    /// <summary>A second of video or audio.</summary>
    Second,
}

/// <summary>
/// A known price of a model at a provider. Prices in credits, compute seconds or other units of a provider are not comparable, and not known in this sense.
/// </summary>
/// <param name="Amount">The amount for one <paramref name="Per"/>.</param>
/// <param name="Currency">The code of the currency, such as <c>USD</c>. Amounts of different currencies are not compared.</param>
/// <param name="Per">What the amount pays for.</param>
/// <param name="Quantity">
/// The neutral parameter with the number of these, such as <c>duration</c>; null where it is not known. Without it, or where the parameter is not given, the
/// price is compared with those of the same unit alone.
/// </param>
public sealed record ModelPrice(decimal Amount, string Currency, PriceUnit Per = PriceUnit.Job, string? Quantity = null);
