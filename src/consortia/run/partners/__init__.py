"""What partners agree on a service that they share: who gets what, who would leave, what that costs, who works."""

from consortia.run.partners.arrangement import Arranged, Arrangement, Sharing, arrange, shared_as

__all__ = ["Arranged", "Arrangement", "Sharing", "arrange", "shared_as"]
