namespace Zoetrope.Packaging.Tests;

/// <summary>A user's project file, with the strictest settings and the packages of this repository.</summary>
internal static class ConsumerProject
{
    /// <summary>The project; every document in its folder <c>specs</c> is a <c>ZoetropeSpec</c>.</summary>
    public static string Text(PackedPackages packages, string framework, string more) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>{framework}</TargetFramework>
            <LangVersion>14</LangVersion>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <InvariantGlobalization>true</InvariantGlobalization>
            <RestoreAdditionalProjectSources>{packages.Feed}</RestoreAdditionalProjectSources>
            {more}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Zoetrope.Fal" Version="{packages.Version}" />
            <PackageReference Include="Zoetrope.Generator" Version="{packages.Version}" />
            <ZoetropeSpec Include="specs/**" />
          </ItemGroup>
        </Project>
        """;
}
