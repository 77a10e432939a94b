using Zoetrope.Generator.Providers;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Emit;

/// <summary>What of the project decides how code is emitted.</summary>
/// <param name="LanguageVersion">The C# language version as Roslyn numbers it: 1100 is C# 11. Later ones than <see cref="Newest"/> are that.</param>
/// <param name="HasCore">Whether the core is referenced.</param>
/// <param name="Clients">The providers' clients that are referenced: their types, without <c>global::</c>.</param>
/// <param name="HasRouter">Whether the core has the router.</param>
/// <param name="IsOverridable">Whether members on clients give way to those that a project which uses this one generates for the same models.</param>
internal sealed record EmitOptions(int LanguageVersion, bool HasCore, EquatableArray<string> Clients, bool HasRouter, bool IsOverridable = false)
{
    /// <summary>The oldest language version that knows required members, static abstract members and UTF-8 literals.</summary>
    public const int Oldest = 1100;

    /// <summary>The newest language version that makes a difference: the first that knows extension members.</summary>
    public const int Newest = 1400;

    /// <summary>The newest language and every package.</summary>
    public static EmitOptions Everything { get; } = new(
        Newest, HasCore: true, ProviderProfiles.All.Select(profile => profile.ClientType).ToEquatableArray(), HasRouter: true);

    public bool HasExtensionMembers => LanguageVersion >= Newest;

    /// <summary>Whether overloads can have priorities, without which <c>new()</c> as an argument would be ambiguous between a text and options.</summary>
    public bool HasOverloadPriorities => LanguageVersion >= 1300;

    /// <summary>The options of a model; a firm one gives way to none, because others of its name give way to it.</summary>
    public EmitOptions WithFirm(bool isFirm) => isFirm && IsOverridable ? this with { IsOverridable = false } : this;

    public bool CanEmit => HasCore && LanguageVersion >= Oldest;

    /// <summary>The client type that gets a member for each endpoint of a provider, or null when it is not referenced.</summary>
    public string? ClientOf(string provider) => ProviderProfiles.Of(provider)?.ClientType is { } client && Clients.Contains(client) ? client : null;
}

/// <summary>The types of the packages that generated code calls.</summary>
internal static class ClientNames
{
    public const string Core = "Zoetrope.Models.ModelEndpoint";
    public const string Router = "Zoetrope.Routing.MediaRouter";
}
