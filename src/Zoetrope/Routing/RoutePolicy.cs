namespace Zoetrope.Routing;

/// <summary>By what a router orders the providers of a model.</summary>
public enum RoutePolicy
{
    /// <summary>By <see cref="RouteOptions.Order"/>, and then by the order of the router's clients.</summary>
    Preferred,

    /// <summary>
    /// By price: the lowest known one first, and those without a known or comparable price last. Only amounts of one currency and one unit are compared. The
    /// price is that of <see cref="MediaRouter.PriceSource"/> or the catalog, or else the cost by the price rules of the provider's document.
    /// </summary>
    Cheapest,

    /// <summary>By the median run time in the router's <see cref="MediaRouter.History"/>: the shortest first, and those without a measured time last.</summary>
    Fastest,
}
