using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>Configures the services of a build in a class of its own.</summary>
public interface IFrostingStartup
{
    void Configure(IServiceCollection services);
}
