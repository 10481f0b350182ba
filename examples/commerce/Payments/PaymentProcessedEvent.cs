using Commerce.Shared.Events;

namespace Commerce.Payments;

/// <summary>The provider has said what became of a payment: it went through, or it was declined.</summary>
internal sealed record PaymentProcessedEvent(Payment Payment) : DomainEvent(EventTypes.PaymentProcessed, Payment.Id);
