"""Two bodies meet: the town coordinates hard cases, the district's joint meeting deals with couriers' own matters."""
